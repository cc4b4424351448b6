import { describe, expect, it } from 'vitest';
import { generateRemovals } from './generate.ts';
import { type ApiPackage, readLifecycles, readRegister } from './lifecycle.ts';

const register = `
const GroupName = "shop.k8s.io"
var SchemeGroupVersion = schema.GroupVersion{Group: GroupName, Version: "v1beta1"}
	scheme.AddKnownTypes(SchemeGroupVersion,
		&Basket{},
		&BasketList{},
	)`;
const tags = `
func (in *Basket) APILifecycleIntroduced() (major, minor int) {
	return 1, 30
}
func (in *Basket) APILifecycleReplacement() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: "shop.k8s.io", Version: "v1", Kind: "Basket"}
}
func (in *Basket) APILifecycleRemoved() (major, minor int) {
	return 1, 36
}`;

const pack = (version: string, kinds: readonly string[], lifecycles: ApiPackage['lifecycles'] = new Map()): ApiPackage => ({
  group: 'shop.k8s.io',
  version,
  registered: new Set(kinds),
  lifecycles,
});

describe('reading the module', () => {
  it('reads what is registered', () =>
    expect(readRegister(register)).toEqual({ group: 'shop.k8s.io', version: 'v1beta1', registered: new Set(['Basket', 'BasketList']) }));
  it('skips files that register no version', () => expect(readRegister('package install')).toBeUndefined());
  it('reads tags', () =>
    expect(readLifecycles(tags).get('Basket')).toEqual({
      introduced: 30,
      removed: 36,
      replacement: { group: 'shop.k8s.io', version: 'v1', kind: 'Basket' },
    }));
});

describe('making rows', () => {
  it('takes the minor that a tag names', () =>
    expect(generateRemovals([{ minor: 33, packages: [pack('v1beta1', ['Basket', 'BasketList'], readLifecycles(tags))] }])).toEqual([
      {
        removedIn: '1.36',
        group: 'shop.k8s.io',
        version: 'v1beta1',
        kinds: ['Basket'],
        replacement: { group: 'shop.k8s.io', version: 'v1' },
        evidence: 'tag',
      },
    ]));

  it('sees a kind that went earlier than its tag says, or without a tag', () => {
    const rows = generateRemovals([
      { minor: 33, packages: [pack('v1beta1', ['Basket'], readLifecycles(tags)), pack('v1alpha1', ['Till'])] },
      { minor: 34, packages: [pack('v1', ['Basket'])] },
    ]);
    expect(
      rows.map(({ removedIn, version, evidence, replacement, replacementSince }) => [
        removedIn,
        version,
        evidence,
        replacement,
        replacementSince,
      ]),
    ).toEqual([
      ['1.34', 'v1alpha1', 'types-gone', 'none', undefined],
      ['1.34', 'v1beta1', 'types-gone', { group: 'shop.k8s.io', version: 'v1' }, '1.34'],
    ]);
  });

  it('prefers a replacement that is there before the upgrade', () => {
    const [row] = generateRemovals([
      { minor: 33, packages: [pack('v1alpha1', ['Till'])] },
      { minor: 34, packages: [pack('v1alpha1', ['Till']), pack('v1beta1', ['Till'])] },
      { minor: 35, packages: [pack('v1beta1', ['Till']), pack('v1', ['Till'])] },
    ]);
    expect([row?.removedIn, row?.replacement, row?.replacementSince]).toEqual([
      '1.35',
      { group: 'shop.k8s.io', version: 'v1beta1' },
      '1.34',
    ]);
  });

  it('makes no row of what stays', () => expect(generateRemovals([{ minor: 33, packages: [pack('v1', ['Till'])] }])).toEqual([]));
});
