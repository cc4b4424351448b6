import { failed, type Result, succeed } from '../../core/failure.ts';
import { type AllowList, parseAllowList } from '../../fleet/allow-list.ts';

/** Options of `gatehouse serve`. */
export interface ServeFlags {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly hostName: readonly string[];
  readonly allow: readonly string[];
  readonly allowSpecial: readonly string[];
  readonly webhookHost: readonly string[];
  readonly issuer?: string;
  readonly audience?: string;
  readonly clientId?: string;
  readonly admin: readonly string[];
  readonly newToken?: boolean;
}

/** Networks that clusters may be in unless `--allow` says otherwise: those that are nobody's on the internet. */
export const privateNetworks: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

export interface ServeSettings {
  readonly allow: AllowList;
  readonly isLoopbackAllowed: boolean;
  readonly signIn: { readonly issuer: string; readonly audience: string; readonly clientId: string } | undefined;
  readonly admins: readonly { readonly issuer: string; readonly subject: string }[];
}

const isLoopbackText = (text: string): boolean => /^127\.|^::1(\/|$)|^localhost$/.test(text);

/** A name would open nothing: connections are judged by the address they go to, because whoever rules a name can point it anywhere. */
const nameAmong = (allow: readonly string[]): string | undefined =>
  allow.find((entry) => !/^[0-9a-f.:/]+$/i.test(entry) || !/[.:]/.test(entry));

/** What the flags say, checked together. */
export const readSettings = (flags: ServeFlags): Result<ServeSettings> => {
  const name = nameAmong(flags.allow);
  if (name !== undefined)
    return failed(
      'input-invalid',
      `--allow takes networks and addresses, and "${name}" is neither; name the network it is in, e.g. 10.0.0.0/8.`,
    );
  const allow = parseAllowList({ allow: flags.allow.length > 0 ? flags.allow : privateNetworks, allowSpecial: flags.allowSpecial });
  if (!allow.ok) return allow;
  const { issuer, clientId, admin } = flags;
  if (issuer === undefined && (admin.length > 0 || clientId !== undefined))
    return failed('input-invalid', '--admin and --client-id belong to an identity provider; name it with --issuer, or leave them out.');
  if (issuer !== undefined && clientId === undefined)
    return failed('input-invalid', '--issuer needs --client-id: the client of this service at that provider.');
  return succeed({
    allow: allow.value,
    isLoopbackAllowed: flags.allowSpecial.some(isLoopbackText),
    signIn: issuer === undefined || clientId === undefined ? undefined : { issuer, clientId, audience: flags.audience ?? clientId },
    admins: issuer === undefined ? [] : admin.map((subject) => ({ issuer, subject })),
  });
};
