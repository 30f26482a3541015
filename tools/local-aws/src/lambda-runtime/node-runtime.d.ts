/** The program that runs functions of a Lambda runtime. */
export interface NodeProgram {
    readonly path: string;
    /** Why it is not the Node of the runtime; undefined where it is. */
    readonly unlike: string | undefined;
}
/**
 * The Node of a runtime such as `nodejs22.x`, as in AWS: this process's own where that is of the same major version, else npm's
 * package with the program, which npm keeps in its cache. Where npm cannot get it, this process's own, with the reason.
 */
export declare function nodeOf(runtime: string, fetch?: typeof fetchNode): Promise<NodeProgram>;
/** Path of the newest Node of a major version. npm downloads it into its own cache, and checks its hash. */
export declare function fetchNode(major: string): Promise<string>;
