import {
  child,
  childrenOf,
  descendant,
  element,
  parseXml,
  putChild,
  removeChild,
  renderXml,
  textAt,
} from "./xml";

const DOCUMENT = `<?xml version="1.0"?><A xmlns="http://x/"><b>a &amp; "b" &lt;c&gt;</b><c/><item><id>1</id></item><item><id>2</id></item></A>`;

describe("XML", () => {
  it("writes back what it read", () => {
    const written = renderXml(parseXml(DOCUMENT));
    expect(parseXml(written)).toEqual(parseXml(DOCUMENT));
    expect(written).toContain('<A xmlns="http://x/">');
  });

  it("reads text with its entities, numeric ones too", () => {
    expect(textAt(parseXml(DOCUMENT), "b")).toBe('a & "b" <c>');
    expect(textAt(parseXml("<a><b>&#39;x&#x27;</b></a>"), "b")).toBe("'x'");
  });

  it("keeps text that looks like a number, and spaces", () => {
    expect(textAt(parseXml("<a><b>007</b></a>"), "b")).toBe("007");
    expect(textAt(parseXml("<a><b> x </b></a>"), "b")).toBe(" x ");
  });

  it("reads a list of thousands of escaped texts", () => {
    const items = Array.from({ length: 3000 }, () => "<i>&amp;</i>").join("");
    expect(childrenOf(parseXml(`<a>${items}</a>`), "i")).toHaveLength(3000);
  });

  it("tells an empty element from a missing one", () => {
    const root = parseXml(DOCUMENT);
    expect(textAt(root, "c")).toBe("");
    expect(textAt(root, "d")).toBeUndefined();
    expect(descendant(root, "item", "none", "deeper")).toBeUndefined();
  });

  it("lists children by name, in order", () => {
    expect(childrenOf(parseXml(DOCUMENT), "item").map((item) => textAt(item, "id"))).toEqual(["1", "2"]);
  });

  it("replaces a child in its place, and adds one that was missing", () => {
    const root = element("a", element("b", "old"), element("c"));
    putChild(root, "b", "new");
    putChild(root, "d", "added");
    expect(renderXml(root)).toContain("<a><b>new</b><c/><d>added</d></a>");
  });

  it("removes every child of a name", () => {
    const root = element("a", element("b"), element("c"), element("b"));
    removeChild(root, "b");
    expect(child(root, "b")).toBeUndefined();
    expect(childrenOf(root)).toHaveLength(1);
  });

  it("escapes what it writes", () => {
    expect(renderXml(element("a", "<script> & co"))).toContain("<a>&lt;script&gt; &amp; co</a>");
  });

  it("refuses text that holds no element", () => {
    expect(() => parseXml("plain text")).toThrow(SyntaxError);
  });
});
