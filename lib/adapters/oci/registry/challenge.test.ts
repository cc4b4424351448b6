import { expect, it } from 'vitest';
import { parseChallenges } from './challenge.ts';
import { pauseAfter } from './retry.ts';
import { usualPatience } from './wire.ts';

it.each([
  [
    'Bearer realm="https://a.example/t",service="s",scope="repository:a/b:pull,push"',
    [{ scheme: 'bearer', parameters: { realm: 'https://a.example/t', service: 's', scope: 'repository:a/b:pull,push' } }],
  ],
  ['Basic realm=plain', [{ scheme: 'basic', parameters: { realm: 'plain' } }]],
  [
    'Negotiate, Basic realm="a \\"b\\"", Bearer realm = "x"',
    [
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'a "b"' } },
      { scheme: 'bearer', parameters: { realm: 'x' } },
    ],
  ],
  ['BEARER Realm="one",realm="two"', [{ scheme: 'bearer', parameters: { realm: 'one' } }]],
  ['', []],
  ['"', []],
  ['Bearer realm="without an end', [{ scheme: 'bearer', parameters: {} }]],
  ['realm="x"', [{ scheme: 'realm', parameters: {} }]],
])('reads %j', (header, expected) => {
  expect(parseChallenges(header).map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } }))).toEqual(expected);
});

it('reads a long header of nonsense quickly', () => {
  expect(parseChallenges('a='.repeat(20_000)).length).toBeLessThan(20_001);
  expect(parseChallenges('a,'.repeat(20_000))).toHaveLength(20_000);
});

it.each([
  ['a refusal', { status: 403, headers: {} }, 0, 0, undefined],
  ['an outage', { status: 502, headers: {} }, 0, 0, 500],
  ['an outage again', { status: 502, headers: {} }, 1, 500, 1_000],
  ['an outage for the third time', { status: 502, headers: {} }, 2, 1_500, undefined],
  ['a limit', { status: 429, headers: { 'retry-after': '7' } }, 4, 0, 7_000],
  ['a limit for longer than is waited', { status: 429, headers: { 'retry-after': '61' } }, 0, 0, undefined],
  ['a limit that adds up', { status: 429, headers: { 'retry-after': '30' } }, 2, 40_000, undefined],
  ['a limit until a day that is over', { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } }, 0, 0, 0],
  ['a limit in words', { status: 429, headers: { 'retry-after': 'soon' } }, 0, 0, 500],
  ['a connection that broke', 'cut', 0, 0, 500],
  ['a name that is none', 'dns', 0, 0, undefined],
] as const)('waits after %s', (_, outcome, attempt, waited, pause) => {
  expect(pauseAfter(outcome, attempt, waited, usualPatience)).toBe(pause);
});
