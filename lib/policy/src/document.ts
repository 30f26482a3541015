import type { Catalog } from "./catalog";
import { locate, PolicyError } from "./errors";
import { iamData } from "./iam-data";
import { isObject, type JsonObject } from "./json";
import type { PolicyKind } from "./kinds";
import { compileStatement, readSid, type Statement } from "./statement";

/** A policy, checked and compiled once, so that evaluating requests is cheap. Made by {@link parsePolicy}. */
export interface Policy {
  /** The name given to parsePolicy, which decisions and errors show. */
  readonly name: string;
  readonly kind: PolicyKind;
  readonly statements: readonly Statement[];
}

export interface PolicyOptions {
  /** Any text by which the reader of a decision or an error recognizes the policy. */
  readonly name: string;
  readonly kind: PolicyKind;
  /** Known actions and condition keys. Default: those of AWS. */
  readonly catalog?: Catalog;
}

function readDocument(source: unknown): JsonObject {
  let document: unknown = source;
  if (typeof source === "string") {
    try {
      document = JSON.parse(source);
    } catch {
      throw new PolicyError("malformed_json", "the document is not JSON");
    }
  }
  if (!isObject(document)) throw new PolicyError("malformed_document", "the document is no JSON object");
  const unknown = Object.keys(document).find((element) => !["Version", "Id", "Statement"].includes(element));
  if (unknown !== undefined)
    throw new PolicyError("unknown_element", `"${unknown}" is no element of a policy`);
  return document;
}

/** @returns whether the policy's version has policy variables. The default Version is 2008-10-17. */
function hasVariables(document: JsonObject): boolean {
  const version = document["Version"] ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    throw new PolicyError(
      "unknown_version",
      `Version ${JSON.stringify(version)} is not 2012-10-17 or 2008-10-17`,
    );
  }
  return version === "2012-10-17";
}

function readStatements(document: JsonObject): readonly JsonObject[] {
  const statement = document["Statement"];
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (list.length === 0 || !list.every(isObject)) {
    throw new PolicyError("malformed_document", "Statement is no statement or list of statements");
  }
  return list;
}

function checkSids(sids: readonly (string | undefined)[]): void {
  const repeated = sids.find((sid, index) => sid !== undefined && sid !== "" && sids.indexOf(sid) !== index);
  if (repeated !== undefined)
    throw new PolicyError("malformed_document", `two statements have the Sid "${repeated}"`);
}

/**
 * Checks and compiles a policy.
 *
 * @param source the policy's JSON text, or the value parsed from it
 * @throws {PolicyError} on anything that the evaluator does not know; it names the statement
 */
export function parsePolicy(source: unknown, options: PolicyOptions): Policy {
  const { name, kind, catalog = iamData } = options;
  const place = { policy: name, kind };
  return locate(place, () => {
    const document = readDocument(source);
    const variables = hasVariables(document);
    const raw = readStatements(document);
    const statements = raw.map((statement, index) => {
      const sid = statement["Sid"];
      const where = { index, ...(typeof sid === "string" ? { sid } : {}) };
      return locate({ ...place, statement: where }, () =>
        compileStatement(statement, index, { kind, catalog, variables }),
      );
    });
    checkSids(raw.map((statement) => readSid(statement, kind)));
    return { name, kind, statements };
  });
}
