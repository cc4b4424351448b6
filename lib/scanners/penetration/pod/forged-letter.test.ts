import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { doorOf } from '../../../../test/support/probe-targets.ts';
import { readLetter } from './letter.ts';

const doors = [doorOf({ address: '10.0.0.4', port: 10250 })];

/** A whole letter of somebody who owns the node of the pod. */
const forged = (letter: object): string => {
  const bytes = gzipSync(JSON.stringify({ states: ['open'], notes: [], exchanges: [], timedOut: 0, ...letter }));
  const sum = createHash('sha256').update(bytes).digest('hex');
  return `gatehouse-sight one 0 ${bytes.toString('base64')}\ngatehouse-sight one end 1 ${sum}`;
};

it('texts of a forged letter are short, keep no secret and write into no terminal', () => {
  const evil = `\u001b]0;owned\u0007\u009b2J\u202e\u2028Bearer abcdefgh12345678 ${'x'.repeat(5_000)}`;
  const read = readLetter(
    forged({
      notes: [{ probe: 'p', door: 0, outcome: 'fail', message: evil, repair: evil, evidence: [{ looked: evil, found: evil }] }],
      exchanges: [{ probe: evil, endpoint: evil, host: evil, sent: evil, answered: evil }],
    }),
    'one',
    'internal',
    doors,
  );
  if (!read.ok) throw new Error(read.failure.say);
  const { notes, exchanges } = read.value;
  const texts = [
    ...notes.flatMap(({ message, repair = '', evidence }) => [message, repair, ...evidence.flatMap((one) => Object.values(one))]),
  ];
  for (const text of [...texts, ...exchanges.flatMap((one) => Object.values(one) as string[])]) {
    expect(text).toMatch(/owned/);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]|abcdefgh12345678/u);
    expect(text.length).toBeLessThanOrEqual(401);
  }
  expect(texts).toHaveLength(4);
});
