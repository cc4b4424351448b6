import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyText } from '../../../test/support/judgement.ts';
import { policyHash } from './hash.ts';
import { parsePolicy } from './parse.ts';

const ids = ['drain.pdb', 'drain.volumes', 'path.minor-step'];
const sayOf = (spec: string): string => {
  const parsed = parsePolicy(policyText(spec), ids);
  return parsed.ok ? '' : parsed.failure.say;
};

describe('a mistake is named with its place', () => {
  it('in an expression on one line', () =>
    expect(sayOf("  checks: {}\n  validations:\n    - id: a\n      expression: object.nodes.all(n, n.kubelt == '')\n")).toBe(
      "The policy is not valid:\nline 9, column 41: spec.validations[0].expression: No such key: kubelt\n  object.nodes.all(n, n.kubelt == '')\n                        ^^^^^^",
    ));
  it('in a block', () =>
    expect(
      sayOf(
        '  checks: {}\n  validations:\n    - id: a\n      expression: |\n        object.target != "" &&\n          object.curent != ""\n',
      ),
    ).toContain('line 11, column 18: spec.validations[0].expression: No such key: curent\n    object.curent != ""\n           ^^^^^^'));
  it('in quotes', () =>
    expect(sayOf('  checks: {}\n  validations:\n    - id: a\n      expression: "object.curent != \\"\\""\n')).toContain(
      'line 9, column 27: ',
    ));
  it.each([
    ['a field that does not exist', '  cheks: {}\n', 'spec'],
    ['a missing field', '  params: {}\n', 'spec.checks: is missing'],
    ['an unknown check, with the nearest', '  checks: {required: [drain.pbd]}\n', 'there is no check "drain.pbd"; did you mean drain.pdb?'],
    ['a pattern that fits nothing', '  checks: {required: [drian.*]}\n', 'no check fits "drian.*"; did you mean drain.*?'],
    ['a policy that demands nothing', '  checks: {advisory: [drain.*]}\n', 'demands nothing'],
    ['a rule that is no bool', '  checks: {}\n  validations: [{id: a, expression: object.target}]\n', 'must be a bool, and is string'],
    [
      'a message that is no text',
      "  checks: {}\n  validations: [{id: a, expression: 'true', messageExpression: '1 + 1'}]\n",
      'must be a string, and is int',
    ],
    ['a cron of six fields', "  checks: {}\n  windows: [{cron: '0 0 22 * * *', timeZone: UTC, hours: 4}]\n", 'spec.windows[0].cron'],
    [
      'an unknown time zone',
      "  checks: {}\n  windows: [{cron: '0 22 * * *', timeZone: Europe/Zuerich, hours: 4}]\n",
      'there is no time zone',
    ],
    [
      'a freeze that runs backwards',
      "  checks: {}\n  freezes: [{from: '2026-12-02', to: '2026-12-01', reason: x}]\n",
      'ends before it begins',
    ],
    ['a rule twice', "  checks: {}\n  validations: [{id: a, expression: 'true'}, {id: a, expression: 'true'}]\n", '"a" is used twice'],
    [
      'a variable that is named before it is there',
      "  checks: {}\n  variables: [{name: a, expression: variables.b}, {name: b, expression: 'true'}]\n",
      'spec.variables[0].expression',
    ],
    ['a waivable that does not exist', '  checks: {required: [path.*]}\n  waivable: [rule.none]\n', 'there is no check "rule.none"'],
    ['a scan demanded twice', '  checks: {}\n  scans: [{kind: sbom, maxAge: 1h}, {kind: sbom, maxAge: 2h}]\n', '"sbom" is used twice'],
  ])('%s', (_, spec, says) => {
    expect(sayOf(spec)).toContain(says);
    expect(sayOf(spec)).toMatch(/line \d+, column \d+/);
  });
  it('names all of them at once', () => expect(sayOf('  checks: {required: [a.b, c.d]}\n').match(/there is no check/g)).toHaveLength(2));
  it('and text that is no YAML', () => expect(sayOf('  checks: [\n')).toMatch(/not valid YAML: line \d+/));
  it('and a document that multiplies itself', () => {
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1,1]',
      ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`).join(',')}]`),
    ].join('\n');
    expect(parsePolicy(bomb)).toMatchObject({ ok: false });
  });
});

it('a document hashes the same in YAML, in JSON and in another order', () => {
  const yaml = parsePolicy(policyText('  checks: {required: [path.*]} # why\n  params: {a: 1, b: x}\n'), ids);
  const json = parsePolicy(
    JSON.stringify({
      kind: 'GatePolicy',
      apiVersion: 'gate.gatehouse.dev/v1alpha1',
      spec: { params: { b: 'x', a: 1 }, checks: { required: ['path.*'] } },
      metadata: { name: 'test' },
    }),
    ids,
  );
  if (!yaml.ok || !json.ok) throw new Error('both are valid');
  expect(policyHash(json.value)).toBe(policyHash(yaml.value));
  expect(policyHash({ ...yaml.value, spec: { ...yaml.value.spec, supportWindow: 2 } })).not.toBe(policyHash(yaml.value));
});

it('the policy of the documentation is valid', () => {
  const page = readFileSync(new URL('../../../docs/policies.md', import.meta.url), 'utf8');
  const parsed = parsePolicy(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '', [...ids, 'api.removed-callers', 'drain.single-replica']);
  expect(parsed.ok ? '' : parsed.failure.say).toBe('');
});
