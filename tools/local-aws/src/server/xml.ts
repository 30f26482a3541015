import XMLBuilder from "fast-xml-builder";
import { XMLParser } from "fast-xml-parser";

/** An XML element that can be read, changed and written back without loss. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements and text, in document order. */
  children: XmlNode[];
}

export type XmlNode = XmlElement | string;

/** One node as fast-xml-parser's `preserveOrder` writes it: `{ tag: children, ":@": attributes }` or `{ "#text": … }`. */
type OrderedNode = Record<string, unknown>;

const ATTRIBUTES = ":@";
const TEXT = "#text";

const common = { preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "" };
const builder = new XMLBuilder({ ...common, processEntities: true, suppressEmptyNode: true });
const parser = new XMLParser({
  ...common,
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  // Documents come from moto or from a client on this machine; a long list may well hold thousands of `&amp;`.
  processEntities: {
    enabled: true,
    maxTotalExpansions: Number.MAX_SAFE_INTEGER,
    maxExpandedLength: Number.MAX_SAFE_INTEGER,
  },
});

/**
 * Parses a document and returns its root.
 *
 * @throws {SyntaxError} when there is no root element
 */
export function parseXml(text: string): XmlElement {
  const nodes = (parser.parse(text) as OrderedNode[]).map(fromOrdered);
  const root = nodes.find((node) => typeof node !== "string");
  if (root === undefined) throw new SyntaxError("the document has no root element");
  return root;
}

/** The document as text, with the XML declaration. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([toOrdered(root)])}`;
}

/** A new element. A string among the children is text. */
export function element(name: string, ...children: readonly XmlNode[]): XmlElement {
  return { name, attributes: {}, children: [...children] };
}

/** First child of that name. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  return childrenOf(parent).find((node) => node.name === name);
}

/** Child elements, of one name or of any. */
export function childrenOf(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children
    .filter((node) => typeof node !== "string")
    .filter((node) => name === undefined || node.name === name);
}

/** Element at the end of a path of names, each the first of its name. */
export function descendant(root: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((node, name) => node && child(node, name), root);
}

/** Text of the element at the end of the path; undefined when there is no such element. */
export function textAt(root: XmlElement, ...path: readonly string[]): string | undefined {
  const node = descendant(root, ...path);
  return node?.children.filter((part) => typeof part === "string").join("");
}

/** Replaces the content of the child of that name; adds the child at the end when there is none. */
export function putChild(parent: XmlElement, name: string, ...content: readonly XmlNode[]): void {
  const present = child(parent, name);
  if (present) present.children = [...content];
  else parent.children.push(element(name, ...content));
}

/** Removes every child of that name. */
export function removeChild(parent: XmlElement, name: string): void {
  parent.children = parent.children.filter((node) => typeof node === "string" || node.name !== name);
}

function fromOrdered(node: OrderedNode): XmlNode {
  if (TEXT in node) return String(node[TEXT]);
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES) ?? "";
  const attributes = (node[ATTRIBUTES] ?? {}) as Record<string, string>;
  return { name, attributes, children: (node[name] as OrderedNode[]).map(fromOrdered) };
}

function toOrdered(node: XmlNode): OrderedNode {
  if (typeof node === "string") return { [TEXT]: node };
  return { [node.name]: node.children.map(toOrdered), [ATTRIBUTES]: node.attributes };
}
