/** Settings of an app client that decide how users sign in, as CreateUserPoolClient returns them. */
export interface ClientSettings {
  readonly ClientId: string;
  readonly UserPoolId: string;
  /** Absent for a public client. */
  readonly ClientSecret?: string;
  readonly ExplicitAuthFlows?: readonly string[];
  readonly PreventUserExistenceErrors?: string;
  readonly AccessTokenValidity?: number;
  readonly IdTokenValidity?: number;
  readonly RefreshTokenValidity?: number;
  readonly TokenValidityUnits?: {
    readonly AccessToken?: string;
    readonly IdToken?: string;
    readonly RefreshToken?: string;
  };
  /** Whether the client may use the hosted sign-in. */
  readonly AllowedOAuthFlowsUserPoolClient?: boolean;
  readonly AllowedOAuthFlows?: readonly string[];
  readonly AllowedOAuthScopes?: readonly string[];
  readonly CallbackURLs?: readonly string[];
  readonly LogoutURLs?: readonly string[];
}

export interface UserPool {
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

/** User pools with their domains and app clients. The ids are unique across accounts, and an unsigned call names only them. */
export class PoolDirectory {
  readonly #clients = new Map<string, ClientSettings>();
  readonly #pools = new Map<string, UserPool>();
  /** Pool ids by region and domain prefix. */
  readonly #domains = new Map<string, string>();

  client(id: string): ClientSettings | undefined {
    return this.#clients.get(id);
  }

  putClient(client: ClientSettings): void {
    this.#clients.set(client.ClientId, client);
  }

  deleteClient(id: string): void {
    this.#clients.delete(id);
  }

  pool(id: string): UserPool | undefined {
    return this.#pools.get(id);
  }

  addPool(pool: UserPool): void {
    this.#pools.set(pool.id, pool);
  }

  deletePool(id: string): void {
    this.#pools.delete(id);
  }

  addDomain(region: string, prefix: string, poolId: string): void {
    this.#domains.set(`${region} ${prefix}`, poolId);
  }

  deleteDomain(region: string, prefix: string): void {
    this.#domains.delete(`${region} ${prefix}`);
  }

  /** The pool whose hosted sign-in has this domain prefix. */
  poolOfDomain(region: string, prefix: string): UserPool | undefined {
    return this.pool(this.#domains.get(`${region} ${prefix}`) ?? "");
  }

  /** Host name of a pool's hosted sign-in; undefined when the pool has no domain. */
  domainOf({ id, region }: UserPool): string | undefined {
    const [key] = [...this.#domains].find(([, poolId]) => poolId === id) ?? [];
    return key === undefined ? undefined : `${key.split(" ")[1] ?? ""}.auth.${region}.amazoncognito.com`;
  }
}
