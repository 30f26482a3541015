/** Settings of an app client that decide how users sign in, as CreateUserPoolClient returns them. */
export interface ClientSettings {
  readonly ClientId: string;
  readonly UserPoolId: string;
  readonly ExplicitAuthFlows?: readonly string[];
  readonly PreventUserExistenceErrors?: string;
  readonly AccessTokenValidity?: number;
  readonly IdTokenValidity?: number;
  readonly TokenValidityUnits?: { readonly AccessToken?: string; readonly IdToken?: string };
}

/** App clients by id. The ids are unique across accounts, and an unsigned call names only the client. */
export class ClientDirectory {
  readonly #clients = new Map<string, ClientSettings>();
  readonly #pools = new Set<string>();

  client(id: string): ClientSettings | undefined {
    return this.#clients.get(id);
  }

  put(client: ClientSettings): void {
    this.#clients.set(client.ClientId, client);
  }

  delete(id: string): void {
    this.#clients.delete(id);
  }

  hasPool(id: string): boolean {
    return this.#pools.has(id);
  }

  addPool(id: string): void {
    this.#pools.add(id);
  }

  deletePool(id: string): void {
    this.#pools.delete(id);
  }
}
