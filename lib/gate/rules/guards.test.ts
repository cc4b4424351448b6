import { describe, expect, it } from 'vitest';
import { schemaFor } from '../policy/document.ts';
import { makeCelEngine } from './cel-engine.ts';
import { type Guard, guards } from './guards.ts';

const schema = schemaFor({ pattern: 'a+' });
const compile = (source: string, without: readonly Guard[] = []) => makeCelEngine(without).compile(source, schema);
const sayOf = (source: string, without: readonly Guard[] = []): string => {
  const made = compile(source, without);
  return made.ok ? '' : made.failure.say;
};
const allBut = (guard: Guard): readonly Guard[] => guards.filter((other) => other !== guard);
const text = (source: string) => {
  const made = compile(source);
  return made.ok ? made.value.evaluate({ object: { target: 'v1.36.3' } }) : made;
};

// that the fourth, the thread, stops what these let through is seen in lib/adapters/rules
describe('each guard alone stops its expressions, and nothing else does', () => {
  const evil: readonly (readonly [Guard, string, string])[] = [
    ['parse', `${'('.repeat(60)}true${')'.repeat(60)}`, 'maxDepth'],
    [
      'parse',
      Array.from({ length: 1001 }, () => '1')
        .join(' + ')
        .concat(' > 0'),
      'maxAstNodes',
    ],
    ['parse', `[${Array.from({ length: 201 }, () => '1').join(',')}].size() > 0`, 'maxListElements'],
    ['parse', `"${'a'.repeat(5000)}" == ""`, '4096 characters'],
    ['cost', 'object.nodes.all(a, object.nodes.all(b, a.name != b.name))', '10,000,000 steps'],
    ['cost', 'object.nodes.all(a, object.nodes.all(b, object.nodes.all(c, object.nodes.all(d, true))))', '10,000,000 steps'],
    ['cost', '{"name": object.nodes}.name.all(a, {"name": object.nodes}.name.all(b, true))', '10,000,000 steps'],
    ['cost', 'cel.bind(x, "aa", x + x) == ""', 'no cel.bind()'],
    ['cost', 'bytes("e30=").json() == {}', 'no function bytes()'],
    ['patterns', `object.target.matches("${'a'.repeat(201)}")`, '200 characters'],
    ['patterns', 'object.target.matches("(?=a)")', 'RE2'],
  ];
  it.each(evil)('%s: %#', (guard, source, says) => {
    expect(sayOf(source)).toContain(says);
    expect(sayOf(source, allBut(guard))).toContain(says);
    expect(sayOf(source, [guard])).toBe('');
  });

  it('a value that doubles from variable to variable is too large', () => {
    const engine = makeCelEngine();
    let known = { type: 'string', size: { count: 2 } };
    let said = '';
    for (let step = 0; step < 40 && said === ''; step++) {
      const made = engine.compile('variables.x + variables.x', schema, { x: known });
      if (made.ok) known = { type: made.value.type, size: { ...made.value.size } };
      else said = made.failure.say;
    }
    expect(said).toContain('10,000,000');
  });

  it('computes patterns in linear time, also those of params, which may not count', () => {
    const [evilText, slow] = ['a'.repeat(60), '^(a+)+$'];
    expect(text(`"${evilText}!".matches("${slow}")`)).toEqual({ ok: true, value: false });
    const made = compile('"baab".matches(params.pattern)');
    expect(made.ok && made.value.evaluate({ params: { pattern: 'a+' } })).toEqual({ ok: true, value: true });
    expect(made.ok && made.value.evaluate({ params: { pattern: 'a{1000}' } })).toMatchObject({ ok: false });
  });
});

describe('what people write passes', () => {
  it.each([
    'object.nodes.all(n, semver(object.target, true).minor() - semver(n.kubelet, true).minor() <= 3)',
    '"too old: " + object.nodes.filter(n, n.kubelet != "").map(n, n.name).join(", ") != ""',
    'has(object.scans.configuration) && now - timestamp(object.scans.configuration.finishedAt) < duration("24h")',
    'object.nodes.all(n, n.taints.all(t, t.key != "broken"))',
    'object.nodes.all(n, n.name.matches("^(cp|worker)-[0-9]+$"))',
    'object.nodes.map(n, n.cpu).sum() > 4000 && object.nodes.map(n, n.memory).min() > 0',
    '!has(oldObject.verdict) || oldObject.verdict != "deny"',
    'object.checks.all(id, object.checks[id].outcome != "error")',
  ])('%s', (source) => expect(sayOf(source)).toBe(''));

  it.each([
    ['object.scans.configuration.faild.critical == 0', 'No such key: faild', 'faild'],
    ['object.target == 1', 'no such overload: string == int', 'object.target == 1'],
    ['object.nodes.all(n, n.kubelt == "")', 'No such key: kubelt', 'kubelt'],
    ['params.missing == 1', 'No such key: missing', 'missing'],
    ['object.target ==', 'Unexpected token', ''],
  ])('types are checked before anything runs: %s', (source, says, place) => {
    const made = compile(source);
    const failure = made.ok ? undefined : made.failure;
    expect(failure?.say).toContain(says);
    expect(source.slice(failure?.at?.start, failure?.at?.end)).toBe(place);
  });
});

describe('types of our own', () => {
  it.each([
    ['semver("v1.36.3", true).minor() == 36', true],
    ['semver("1.36.0-rc.1").isLessThan(semver("1.36.0"))', true],
    ['semver("v1.36.3+vmware.1", true).compareTo(semver("1.36.3")) == 0', true],
    ['isSemver("v1.2.3")', false],
    ['isSemver("v1.2", true)', true],
    ['quantity("8Gi").isLessThan(quantity("16Gi"))', true],
    ['quantity("1500m").isGreaterThan(quantity("1"))', true],
    ['quantity("1e3").asInteger() == 1000', true],
    ['quantity("1.5").isInteger()', false],
    ['quantity("-2").sign() == -1 && quantity("1").add(quantity("2")).compareTo(quantity("3")) == 0', true],
    ['isQuantity("1e99999999")', false],
    ['[3, 1, 2].min() == 1 && [1.5, 2.5].max() == 2.5 && [1, 2].sum() == 3', true],
    ['"a-b-c".replace("-", "$&")', 'a$&b$&c'],
  ])('%s', (source, value) => expect(text(source)).toEqual({ ok: true, value }));

  it.each([
    'semver("v1.2.3").minor() == 1',
    'quantity("lots").sign() == 1',
    '[].map(x, 1).min() == 1',
    'quantity("1.5").asInteger() == 1',
    '[9223372036854775807, 1].sum() > 0',
  ])('an error, not a value: %s', (source) => expect(text(source)).toMatchObject({ ok: false }));
});
