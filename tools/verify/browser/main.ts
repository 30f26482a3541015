import type { PageData } from "../src/page/page-data";
import { App } from "./app";
import { el } from "./elements";

/** Reads the data that the page holds: JSON, compressed with gzip, in base64. */
async function read(): Promise<PageData> {
  const packed = Uint8Array.from(atob(document.getElementById("data")?.textContent ?? ""), (char) =>
    char.charCodeAt(0),
  );
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as PageData;
}

read().then(
  (data) => {
    new App(data).mount(document.body);
  },
  (error: unknown) => {
    document.body.append(el("p", { role: "alert" }, `This page's data cannot be read: ${String(error)}`));
  },
);
