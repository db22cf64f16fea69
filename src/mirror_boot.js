// Pages of the static mirror load this in the place of boot.js. It answers what a server would: a host
// of files has one file per path, and what a query asks for is worked out here, from the page that lies
// at the path and the mirror's index. Both that index and the wasm come only with the first query. Then
// it starts the app, which fetches the data of pages as ever. When anything fails, the page stays as it
// is, without the query.
const files = document.querySelector("script[data-index]").dataset;
const fetchFile = window.fetch.bind(window);
const DATA = "/page.json";

let loading;
const mirror = () => {
  loading ??= (async () => {
    // The index keeps its name from one export to the next: ask whether it is still the same.
    const wanted = [import(files.js), fetchFile(files.index, { cache: "no-cache" })];
    const [{ default: init, Mirror }, index] = await Promise.all(wanted);
    if (!index.ok) throw new Error(`${files.index}: ${index.status}`);
    await init({ module_or_path: files.wasm });
    return new Mirror(await index.text());
  })();
  // The next question may find the network back.
  loading.catch(() => (loading = undefined));
  return loading;
};

const answer = async (page, path, query) =>
  (await mirror()).answer(page, path, [...new URLSearchParams(query)].flat());

window.fetch = async (resource, options) => {
  const { origin, pathname, search } = new URL(resource.url ?? resource, location.href);
  if (origin !== location.origin || !pathname.endsWith(DATA) || !search) return fetchFile(resource, options);
  const page = await fetchFile(pathname, options);
  if (!page.ok) return page;
  return new Response(await answer(await page.text(), pathname.slice(0, -DATA.length), search));
};

if (location.search) {
  const main = document.querySelector("main");
  try {
    main?.setAttribute("aria-busy", "true");
    const page = document.getElementById("page");
    page.textContent = await answer(page.textContent, location.pathname, location.search);
  } catch (error) {
    console.warn("weerklank: the page stays as it is without its query:", error);
  } finally {
    main?.removeAttribute("aria-busy");
  }
}
await import(files.boot);
