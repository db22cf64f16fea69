// Pages with the form for sending in load this. It starts what helps: a draft on the device, what may lead to
// somebody, sending later; and what draws a preview, with the first look at one. The server wrote into our tag where the
// files are. When anything fails, the form is as the server drew it: it works without us.
const files = document.querySelector("script[data-preview-js]").dataset;

const loadPreview = async () => {
  const { default: init, draw } = await import(files.previewJs);
  await init({ module_or_path: files.previewWasm });
  return draw;
};

try {
  const { default: init, start } = await import(files.js);
  await init({ module_or_path: files.wasm });
  start(loadPreview);
} catch (error) {
  console.warn("weerklank: the form goes on without help:", error);
}
