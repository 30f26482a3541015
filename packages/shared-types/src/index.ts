export * from "./access-token";
export * from "./api";
export * from "./environment";
export * from "./identity";
export * from "./operator";
export * from "./portal";
export * from "./profile-name";
export * from "./token-presets";
