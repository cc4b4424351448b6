import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Vantage } from '../../../core/finding.ts';
import { type Door, doorStates, Exchange, Note, type Sight } from '../../../core/probing/index.ts';
import { short } from '../vantage/short.ts';

// What the pod writes into its log and how it is read back: numbered lines of a gzipped document, then its length and SHA-256. A log that was
// rotated, cut or mixed with something else is told from a whole one.

/** Whoever runs the node of the pod may write its log: every text in it is one of a stranger. */
const Text = z.string().transform(short);
const PodNote = Note.extend({
  probe: Text,
  message: Text,
  repair: Text.optional(),
  evidence: z.array(z.object({ looked: Text, found: Text })).max(1_000),
});
const PodExchange = Exchange.extend({ probe: Text, endpoint: Text, host: Text.optional(), sent: Text, answered: Text });

/** A sight without its doors: the reader knows them, because it sent them. */
const Letter = z.object({
  states: z.array(z.enum(doorStates)).max(200_000),
  notes: z.array(PodNote).max(200_000),
  exchanges: z.array(PodExchange).max(500_000),
  timedOut: z.int().min(0),
});

const mark = 'gatehouse-sight';
/** Characters in a line; container runtimes cut lines of 16 KiB in two. */
const lineLength = 8_000;
/** Bytes that the document may unpack to. */
const mostBytes = 64 * 1_048_576;
/** Bytes of a log that are asked for at most. */
export const longestLog = 32 * 1_048_576;

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The lines of a sight. `nonce` tells them from those of another run. */
export const writeLetter = ({ doors, notes, exchanges, timedOut }: Sight, nonce: string): readonly string[] => {
  const letter: z.infer<typeof Letter> = { states: doors.map(({ state }) => state), notes, exchanges, timedOut };
  const bytes = gzipSync(JSON.stringify(letter));
  const text = bytes.toString('base64');
  const count = Math.ceil(text.length / lineLength);
  return [
    ...Array.from({ length: count }, (_, at) => `${mark} ${nonce} ${at} ${text.slice(at * lineLength, (at + 1) * lineLength)}`),
    `${mark} ${nonce} end ${count} ${hash(bytes)}`,
  ];
};

const unreadable = (why: string) => failed('answer-invalid', `What the pod saw could not be read whole: ${why}; scan again.`);

const unpack = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(gunzipSync(bytes, { maxOutputLength: mostBytes }).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Reads a sight from a log; `doors` are those the pod was sent. Fails with `answer-invalid` when it is not whole. */
export const readLetter = (log: string, nonce: string, vantage: Vantage, doors: readonly Door[]): Result<Sight> => {
  const own = log.split('\n').filter((line) => line.startsWith(`${mark} ${nonce} `));
  const [, , , count, sum] = own.find((line) => line.startsWith(`${mark} ${nonce} end `))?.split(' ') ?? [];
  if (count === undefined || sum === undefined) return unreadable('its end is missing');
  const pieces = own.filter((line) => !line.includes(' end ')).map((line) => line.split(' '));
  const inOrder = pieces.length === Number(count) && pieces.every(([, , at], index) => Number(at) === index);
  if (!inOrder) return unreadable('lines are missing');
  const bytes = Buffer.from(pieces.map(([, , , text]) => text).join(''), 'base64');
  if (hash(bytes) !== sum) return unreadable('its check sum does not fit');
  const letter = Letter.safeParse(unpack(bytes));
  if (!letter.success) return unreadable('it is not what the program writes');
  const { states, notes, ...rest } = letter.data;
  if (states.length !== doors.length || notes.some(({ door }) => door >= doors.length))
    return unreadable('it speaks of doors nobody named');
  const seen = doors.map((door, index) => ({ door, state: states[index] ?? ('filtered' as const) }));
  return succeed({ vantage, doors: seen, notes, ...rest });
};
