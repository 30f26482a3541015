export * from "./api";
export * from "./environment";
export * from "./identity";
export * from "./operator";
