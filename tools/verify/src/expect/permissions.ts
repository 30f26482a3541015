import { NOT_ASKED, TRUSTING } from "../matrices/assume-matrix";
import { LET_IN } from "../matrices/assume-outsiders";
import {
  FOREIGN_ADMINISTRATOR,
  isNamedRow,
  OWN_ADMINISTRATOR,
  serviceRow,
  SHARED_ADMINISTRATOR,
} from "../matrices/assume-rows";
import { FOREIGNER, WRITES } from "../matrices/data-matrix";
import { UNEXPECTED, type Expected } from "../matrices/matrix";
import { profileId } from "../matrices/presign-matrix";
import { presignId, sessionId, UNKNOWN_USER } from "../matrices/presign-rows";
import type { Config } from "@studio-access/config";
import { blockedProfiles } from "./blocked-users";
import { expectedProfile } from "./profile-names";
import { expectedRoles, presignRoleArn } from "./roles";
import { expectedTables } from "./tables";
import { askedTokens, workflowRoleArn } from "./workflows";

/** The endpoints through which CreatePresignedDomainUrl may be called. */
const LISTED = "sagemaker-api + studio";

/**
 * Two principals may make a URL for a user's profile, and only through the listed endpoints: the session of the LOB's
 * access role that the presign function assumes in the user's name, and the user's own apps, whose session carries it too.
 * For a user whom the line of business blocks, nobody may.
 * A session of the access role in no user's name may as well: nobody gets one (matrix `assume`), and AWS does not document
 * whether it asks again with the user's name when a URL is used.
 */
export function expectedPresign(config: Config): Expected {
  const columns = new Set<string>();
  const rows = new Set([presignId(UNKNOWN_USER)]);
  /** By row: the profiles for which it may make a URL. */
  const opens = new Map<string, readonly string[]>();
  for (const lob of config.linesOfBusiness) {
    const blocked = blockedProfiles(lob);
    for (const user of lob.users.map(expectedProfile)) {
      const column = profileId({ stack: lob.name, user });
      columns.add(column);
      rows.add(presignId(user));
      if (!blocked.includes(user)) opens.set(presignId(user), [column]);
    }
  }
  const users = new Map(config.linesOfBusiness.map((lob) => [lob.account.id, lob] as const));
  for (const { arn, account, kind } of expectedRoles(config)) {
    const lob = users.get(account);
    for (const user of [undefined, ...(lob?.users.map(expectedProfile) ?? []), UNKNOWN_USER])
      rows.add(sessionId(arn, user));
    if (lob === undefined || (kind !== "access" && kind !== "execution")) continue;
    const blocked = blockedProfiles(lob);
    const profiles = lob.users
      .map(expectedProfile)
      .filter((user) => !blocked.includes(user))
      .map((user) => [user, profileId({ stack: lob.name, user })] as const);
    for (const [user, profile] of profiles) opens.set(sessionId(arn, user), [profile]);
    if (kind === "access")
      opens.set(
        sessionId(arn),
        profiles.map(([, profile]) => profile),
      );
  }
  const openers = new Map<string, string[]>();
  for (const [row, profiles] of opens)
    for (const profile of profiles) openers.set(profile, [...(openers.get(profile) ?? []), row]);
  return {
    name: "presign",
    rows: [...rows],
    columns: [...columns],
    outcome: (row, column) => {
      if (!rows.has(row) || !columns.has(column)) return UNEXPECTED;
      return opens.get(row)?.includes(column) === true ? LISTED : "no";
    },
    special: (column) => openers.get(column) ?? [],
  };
}

/** Services assume their own roles, and the presign role assumes access roles and profile makers in a user's name. All else is refused. */
export function expectedAssume(config: Config): Expected {
  const roles = new Map(expectedRoles(config).map((role) => [role.arn, role]));
  const presign = presignRoleArn(config);
  const services = new Set(
    [...roles.values()].flatMap(({ service }) => (service === undefined ? [] : serviceRow(service))),
  );
  const rows = new Set([
    OWN_ADMINISTRATOR,
    SHARED_ADMINISTRATOR,
    FOREIGN_ADMINISTRATOR,
    ...services,
    ...askedTokens(config).map(({ id }) => id),
    ...roles.keys(),
  ]);
  return {
    name: "assume",
    rows: [...rows],
    columns: [...roles.keys(), TRUSTING],
    outcome: (row, column) => {
      if (column === TRUSTING) return row.startsWith("arn:") ? "no" : NOT_ASKED;
      const target = roles.get(column);
      // A policy may name whom it likes, as long as nobody but those whom the config calls for gets in.
      if (target !== undefined && isNamedRow(row)) return "no";
      if (target === undefined || !rows.has(row)) return UNEXPECTED;
      if (target.service !== undefined && row === serviceRow(target.service)) return target.serviceScope;
      if (target.tokens.includes(row)) return LET_IN;
      const isPresignsTarget = target.kind === "access" || target.kind === "profiles";
      return row === presign && isPresignsTarget ? "in a user's name" : "no";
    },
    special: (column) => {
      const { service, tokens = [] } = roles.get(column) ?? {};
      return [presign, ...(service === undefined ? [] : [serviceRow(service)]), ...tokens];
    },
  };
}

/**
 * The presign role and the roles of the workflows read single items; only the apply role, which runs Terraform, writes.
 * Where groups give access, the presign role reads those of a user and of the user's groups in one call.
 */
export function expectedData(config: Config): Expected {
  const tables = expectedTables(config);
  const batched = tables.filter((table) => tables.length > 2 && !table.endsWith("-lobs"));
  const rows = new Set([FOREIGNER, ...expectedRoles(config).map(({ arn }) => arn)]);
  const apply = workflowRoleArn(config, config.sharedServices.id, "apply");
  const readers = [presignRoleArn(config), workflowRoleArn(config, config.sharedServices.id, "plan"), apply];
  const columns = new Set(tables.flatMap((table) => [`read ${table}`, `write ${table}`]));
  return {
    name: "data",
    rows: [...rows],
    columns: [...columns],
    outcome: (row, column) => {
      if (columns.has(column) && isNamedRow(row)) return "no";
      if (!rows.has(row) || !columns.has(column)) return UNEXPECTED;
      if (column.startsWith("read ")) {
        if (row === presignRoleArn(config) && batched.includes(column.slice(5))) return "BatchGetItem";
        return readers.includes(row) ? "GetItem" : "no";
      }
      return row === apply ? WRITES.join(", ") : "no";
    },
  };
}
