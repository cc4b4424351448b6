import { describe, expect, it } from 'vitest';
import { policyOf } from '../../../test/support/judgement.ts';
import { runRules } from './run-rules.ts';

const document = {
  object: {
    cluster: { id: 'c', name: 'prod', tags: {} },
    current: 'v1.35.4',
    target: 'v1.36.3',
    checks: {},
    scans: {},
    nodes: [
      { name: 'old-1', kubelet: 'v1.32.0' },
      { name: 'new-1', kubelet: 'v1.35.4' },
    ],
  },
  oldObject: {},
  request: { by: 'ada', source: { pipeline: 'main' } },
  now: '2026-11-23T12:00:00.000Z',
};
const run = (spec: string) => runRules(policyOf(`  checks: {}\n${spec}`), document);

describe('rules of a policy', () => {
  it('make their message with names in it', () => {
    const old = 'semver(object.target, true).minor() - semver(n.kubelet, true).minor() > 3';
    expect(
      run(
        `  validations:\n    - id: skew\n      expression: '!object.nodes.exists(n, ${old})'\n      messageExpression: '"too old: " + object.nodes.filter(n, ${old}).map(n, n.name).join(", ")'\n`,
      ),
    ).toEqual([{ id: 'skew', outcome: 'fail', message: 'too old: old-1.' }]);
  });
  it('fall back to the message where making one fails', () =>
    expect(run("  validations: [{id: a, expression: 'false', message: no, messageExpression: 'object.nodes[7].name'}]\n")[0]?.message).toBe(
      'no.',
    ));
  it('compute variables only where they are used, so that has() protects them', () =>
    expect(
      run(
        "  params: {maxAge: 24h}\n  variables: [{name: fresh, expression: 'now - object.scans.sbom.finishedAt < duration(params.maxAge)'}]\n  validations:\n    - {id: safe, expression: '!has(object.scans.sbom) || variables.fresh'}\n    - {id: bare, expression: variables.fresh}\n",
      ),
    ).toEqual([
      { id: 'safe', outcome: 'pass', message: 'The rule holds.' },
      { id: 'bare', outcome: 'error', message: 'The rule could not be computed: variables.fresh: No such key: sbom.' },
    ]));
  it('name variables that name variables', () =>
    expect(
      run(
        "  variables: [{name: a, expression: '1 + 1'}, {name: b, expression: 'variables.a * 3'}]\n  validations: [{id: x, expression: 'variables.b == 6'}]\n",
      )[0]?.outcome,
    ).toBe('pass'));
  it('read the request and no previous evaluation', () =>
    expect(
      run('  validations: [{id: x, expression: \'request.source.pipeline == "main" && !has(oldObject.verdict)\'}]\n')[0]?.outcome,
    ).toBe('pass'));
  it('about facts that were not read are errors', () => {
    const { nodes: _, ...rest } = document.object;
    const policy = policyOf("  checks: {}\n  validations: [{id: x, expression: 'object.nodes.all(n, n.ready)'}]\n");
    expect(runRules(policy, { ...document, object: rest })[0]?.outcome).toBe('error');
  });
});
