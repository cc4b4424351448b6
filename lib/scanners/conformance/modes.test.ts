import { describe, expect, it } from 'vitest';
import { modeOf, selectionOf } from './modes.ts';
import { suiteImage, suiteVersion, versionOfImage } from './suite-image.ts';

describe('which tests run', () => {
  const disruptive = '[sig-node] Nodes [Disruptive] should restart [Conformance]';
  const usual = '[sig-node] Pods should be submitted and removed [Conformance]';
  const chooses = (chosen: Parameters<typeof selectionOf>[0], name: string): boolean => {
    const { focus, skip } = selectionOf(chosen);
    return new RegExp(focus).test(name) && (skip === '' || !new RegExp(skip).test(name));
  };
  it.each([
    [{}, true, false],
    [{ mode: 'non-disruptive' }, true, false],
    [{ mode: 'certified' }, true, true],
    [{ mode: 'quick' }, true, false],
    [{ focus: 'Nodes' }, false, true],
    [{ mode: 'custom', skip: 'Pods' }, false, true],
  ] as const)('%o: an ordinary test %s, a disruptive one %s', (chosen, ordinary, other) => {
    expect([chooses(chosen, usual), chooses(chosen, disruptive)]).toEqual([ordinary, other]);
  });
  it('is custom as soon as a focus or a skip is named', () => {
    expect([modeOf({}), modeOf({ focus: 'x' }), modeOf({ skip: 'x' })]).toEqual(['non-disruptive', 'custom', 'custom']);
  });
});

describe('the image of the suite', () => {
  it.each([
    ['v1.36.3', 'v1.36.3'],
    ['v1.36.1+vmware.2-vkr.1', 'v1.36.1'],
    ['v1.33.5-eks-1234567', 'v1.33.5'],
    ['v1.31.7-gke.1265000', 'v1.31.7'],
    ['v1.37.0-rc.1', 'v1.37.0-rc.1'],
    ['v1.37.0-alpha.2+build', 'v1.37.0-alpha.2'],
    ['1.30.2+k3s1', 'v1.30.2'],
  ])('of %s is %s', (cluster, version) => {
    expect(suiteVersion(cluster)).toEqual({ ok: true, value: version });
  });
  it.each(['v1.36', 'latest', ''])('of "%s" nobody can tell', (cluster) => {
    expect(suiteVersion(cluster)).toMatchObject({ ok: false, failure: { code: 'version-unsupported' } });
  });
  it('comes from the mirror that is named, or is the one that is named', () => {
    expect(suiteImage('v1.36.3', {})).toEqual({ ok: true, value: 'registry.k8s.io/conformance:v1.36.3' });
    expect(suiteImage('v1.36.3', { registry: 'mirror.example/k8s/' })).toEqual({
      ok: true,
      value: 'mirror.example/k8s/conformance:v1.36.3',
    });
    expect(suiteImage('odd', { image: 'own.example/suite:1' })).toEqual({ ok: true, value: 'own.example/suite:1' });
    expect(versionOfImage('mirror.example:5000/conformance:v1.36.3@sha256:aa')).toBe('v1.36.3');
    expect(versionOfImage('own.example:5000/suite')).toBeUndefined();
  });
});
