import { couldNotLook, defineProbe, isSilent, once, type ProbeVerdict, shown } from '../probe.ts';
import { latin1, textOf, uint16, uint32 } from './bytes.ts';
import { bytesOf, talk } from './talk.ts';

const counted = (body: readonly number[]): readonly number[] => [...uint32(body.length + 4), ...body];
/** Asks whether TLS is offered; the answer is one letter. */
const tlsQuestion = counted([...uint16(1234), ...uint16(5679)]);
/** Says who one would be, in version 3.0 of the protocol; no password follows, whatever is asked. */
const startup = counted([...uint16(3), ...uint16(0), ...latin1('user\0postgres\0database\0postgres\0\0')]);

/** Meaning of the number of an authentication message: what it asks for next. */
const ways: Readonly<Record<number, string>> = {
  3: 'a password in clear text',
  5: 'a password by MD5',
  7: 'GSSAPI',
  9: 'SSPI',
  10: 'a password by SCRAM',
};

/** What the server made of the start: `R` with a number, or `E` with a code. */
const startOf = (bytes: string): { readonly way: number } | { readonly code: string } | undefined => {
  if (/^52000000..0000/.test(bytes)) return { way: Number.parseInt(bytes.slice(10, 18), 16) };
  const code = bytes.startsWith('45') ? /0043((?:3[0-9]|4[1-5a-f]|5[0-9a]){5})00/.exec(bytes)?.[1] : undefined;
  return code === undefined ? undefined : { code: textOf(code) };
};

export const postgresql = defineProbe({
  id: 'exposure/add-ons/postgresql',
  covers: ['ADD-07'],
  title: 'PostgreSQL asks everybody for a login, and not in clear text',
  severity: 'high',
  why: 'With `trust` whoever reaches the port is its superuser, and the superuser runs programs on the server; without TLS passwords and data can be read on the way.',
  repair: 'Use `hostssl … scram-sha-256` lines in `pg_hba.conf` instead of `trust` and `password`, and do not publish port 5432.',
  techniques: ['T1133', 'T1552.007'],
  references: ['https://www.postgresql.org/docs/current/auth-pg-hba-conf.html'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of PostgreSQL about a connection that ended before the login.',
  doors: { places: ['published', 'service', 'node'], ports: [5432] },
  send: once(({ greeting: { tls: _, ...greeting }, ...door }) => talk({ ...door, greeting }, tlsQuestion, startup)),
  judge: (_door, asked): ProbeVerdict | undefined => {
    if (isSilent(asked)) return couldNotLook(asked);
    const [offer, start] = [asked[0], asked[1]];
    const answer = bytesOf(start === undefined ? [] : [start])[0];
    const offered = bytesOf(offer === undefined ? [] : [offer])[0]?.bytes.text;
    if (start === undefined || !/^[SN]$/.test(offered ?? '')) return undefined;
    if (answer === undefined) return couldNotLook(asked);
    const began = startOf(answer.bytes.bytes);
    if (began === undefined) return undefined;
    if ('code' in began)
      return {
        outcome: 'pass',
        message: 'PostgreSQL turns away whoever does not belong there.',
        evidence: [shown(start, `SQLSTATE ${began.code}`)],
      };
    if (began.way === 0)
      return {
        outcome: 'fail',
        message: 'PostgreSQL takes anybody for its superuser, without a password.',
        evidence: [shown(start, 'logged in')],
      };
    const way = ways[began.way] ?? 'a login';
    if (offered === 'N' || began.way === 3)
      return {
        outcome: 'fail',
        severity: began.way === 3 ? 'medium' : 'low',
        message: 'PostgreSQL asks for a login over a connection that anybody on the way can read.',
        evidence: [shown(start, `asks for ${way}`), ...(offered === 'N' ? [{ looked: 'SSLRequest', found: 'TLS is not offered' }] : [])],
      };
    return { outcome: 'pass', message: 'PostgreSQL asks for a login.', evidence: [shown(start, `asks for ${way}`)] };
  },
});
