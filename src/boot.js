// Starts the app over the page that the server drew. Trunk names the files with their hash; the page
// carries the names in two links. When anything fails, the server's page stays as it is: it reads,
// and its forms work, without us.
const file = (kind) => document.querySelector(`link[data-boot="${kind}"]`).href;

try {
  const { default: init } = await import(file("js"));
  await init({ module_or_path: file("wasm") });
} catch (error) {
  console.warn("weerklank: the page stays as the server drew it:", error);
}
