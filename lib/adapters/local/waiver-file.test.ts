import { expect, it } from 'vitest';
import { parseWaivers } from './waiver-file.ts';

const good = `waivers:
  - id: W-1
    match: { check: api-server/profiling, kind: configuration }
    reason: Needed while we chase a leak.
    owner: platform team
    approver: Ada Lovelace
    expires: 2026-12-31
`;
const complaint = (text: string) => {
  const answer = parseWaivers(text, 'waivers.yaml');
  return answer.ok ? 'accepted' : answer.failure.say;
};

it('reads waivers', () => {
  const answer = parseWaivers(good, 'waivers.yaml');
  expect(answer.ok && answer.value).toMatchObject([{ id: 'W-1', match: { check: 'api-server/profiling' }, expires: '2026-12-31' }]);
});

it.each([
  ['broken YAML', 'waivers:\n  - id: [1\n', /^waivers\.yaml:\d+:\d+: not valid YAML: /],
  ['a missing field', good.replace('    owner: platform team\n', ''), /waivers\.yaml:2: waivers\.0\.owner: is missing\.$/],
  ['an empty reason', good.replace(/reason: .*/, 'reason: ""'), /waivers\.yaml:4: waivers\.0\.reason: must not be empty/],
  ['a date that is none', good.replace('2026-12-31', 'soon'), /waivers\.yaml:7: waivers\.0\.expires: must be a date such as 2026-12-31/],
  ['an unknown kind', good.replace('kind: configuration', 'kind: cis'), /waivers\.yaml:3: waivers\.0\.match\.kind: /],
  ['an unknown field', good.replace('owner:', 'person:'), /waivers\.yaml:2: waivers\.0.*person/],
  ['an id used twice', good + good.slice(good.indexOf('  - id')), /waivers\.yaml:8: waivers\.1\.id: "W-1" is used twice/],
  ['a file without waivers', '', /waivers\.yaml:1: file: /],
])('names file, line and field of %s', (_what, text, expected) => expect(complaint(text)).toMatch(expected));
