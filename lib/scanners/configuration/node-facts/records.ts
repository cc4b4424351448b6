import { z } from 'zod';

/** A field of text as look.sh writes it: plain after `=`, in hexadecimal after `~`. */
const Text = z.string().regex(/^(=[ -~]*|~([0-9a-f]{2})*)$/);
const Count = z.string().regex(/^\d{1,10}$/);
/** The first word of `ls -ld`: kind, nine permissions, and a mark for ACLs or labels. */
const Mode = z.string().regex(/^[-bcdlpsD]([r-][w-][xsSTt-]){3}[.+@]?$/);

/** One line of the log between header and trailer, its fields apart. Names of records are those of look.sh. */
export const Record = z.union([
  z.tuple([z.literal('system'), Text]).describe('ID of /etc/os-release'),
  z.tuple([z.literal('process'), z.enum(['host', 'static-pod', 'pod']), Text]).describe('a program found running, its arguments follow'),
  z.tuple([z.literal('argument'), Text]),
  z.tuple([z.literal('blind')]).describe('no process of interest was seen'),
  z.tuple([z.literal('setting'), Text, Text]).describe("field of the kubelet's configuration, value"),
  z.tuple([z.literal('file'), Text, Text, Mode, Count, Count]).describe('path, where it leads, mode, uid, gid'),
  z.tuple([z.literal('gone'), Text]).describe('nothing is there'),
  z.tuple([z.literal('denied'), Text]).describe('the node refused to show it'),
  z.tuple([z.literal('more'), Text, Count]).describe('a folder holds more entries than are looked at'),
  z.tuple([z.literal('document'), Text]).describe('text of a file, its lines follow'),
  z.tuple([z.literal('text'), Text]),
  z.tuple([z.literal('long'), Text]).describe('a document that is too long'),
  z.tuple([z.literal('strange'), Text]).describe('a document that is not what it should be'),
  z.tuple([z.literal('user'), Count, Text]),
  z.tuple([z.literal('group'), Count, Text]),
  z.tuple([z.literal('full')]).describe('not everything asked for was looked at'),
]);
export type Record = z.infer<typeof Record>;

/** The text of a field. */
export const textOf = (field: string): string =>
  field.startsWith('=') ? field.slice(1) : Buffer.from(field.slice(1), 'hex').toString('utf8');

/** Text that shows on one line what does not print, so that a name on a node cannot steer a terminal. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/gu, (one) => {
    if (one === '\\') return '\\\\';
    const code = one.codePointAt(0) as number;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });

/** `-rw-r-----` → 0o640. The bits for set-uid, set-gid and sticky are left out: they say nothing of who may read and write. */
export const permissionsOf = (mode: string): number =>
  [...mode.slice(1, 10)].reduce((bits, letter) => bits * 2 + (/[rwxst]/.test(letter) ? 1 : 0), 0);
