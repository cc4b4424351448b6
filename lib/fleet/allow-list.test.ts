import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isWithin, readAddress, readRange, specialOf } from '../core/address.ts';
import { type AllowListRequest, parseAllowList } from './allow-list.ts';

const list = (request: AllowListRequest) => {
  const parsed = parseAllowList(request);
  if (!parsed.ok) throw new Error(parsed.failure.say);
  return parsed.value;
};
const refusal = (request: AllowListRequest): string => {
  const parsed = parseAllowList(request);
  return parsed.ok ? 'accepted' : parsed.failure.say;
};

describe('readAddress', () => {
  it.each([
    ['0.0.0.0', 32, 0n],
    ['10.1.2.3', 32, 0x0a010203n],
    ['255.255.255.255', 32, 0xffffffffn],
    ['::', 128, 0n],
    ['::1', 128, 1n],
    ['1::', 128, 1n << 112n],
    ['2001:DB8::a:0:1', 128, 0x20010db8_00000000_0000000a_00000001n],
    ['1:2:3:4:5:6:7:8', 128, 0x00010002_00030004_00050006_00070008n],
    ['1:2:3:4:5:6:7::', 128, 0x00010002_00030004_00050006_00070000n],
    ['1:2:3:4:5:6:1.2.3.4', 128, 0x00010002_00030004_00050006_01020304n],
    ['64:ff9b::10.0.0.1', 128, 0x0064ff9b_00000000_00000000_0a000001n],
    // the IPv4 address it stands for
    ['::ffff:10.1.2.3', 32, 0x0a010203n],
    ['::FFFF:0a01:0203', 32, 0x0a010203n],
    ['0:0:0:0:0:ffff:10.1.2.3', 32, 0x0a010203n],
    // another one: the mapped prefix lies 16 bits further right
    ['::ffff:0:10.1.2.3', 128, 0xffff_0000_0a01_0203n],
  ])('%s', (text, bits, value) => {
    expect(readAddress(text)).toEqual({ bits, value });
    expect(isIP(text)).not.toBe(0);
  });

  it.each([
    '',
    'localhost',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '127.0.0.01',
    '00.0.0.0',
    '256.0.0.1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '1.2.3.-4',
    '1.2.3.4e0',
    '１.2.3.4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '::12345',
    '::g',
    '::0x1',
    '::1.2.3',
    '::01.2.3.4',
    '::1.2.3.4:5',
    '1.2.3.4::',
    '1:2:3:4:5:6:7:1.2.3.4',
    'fe80::1%eth0',
    '[::1]',
  ])('refuses "%s"', (text) => {
    expect(readAddress(text)).toBeUndefined();
    expect(isIP(text) === 0 || text.includes('%')).toBe(true);
  });
});

describe('readRange', () => {
  const has = (range: string, address: string): boolean => {
    const [outer, inner] = [readRange(range), readAddress(address)];
    if (typeof outer === 'string' || !inner) throw new Error(`${range}, ${address}`);
    return isWithin(inner, outer);
  };

  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '9.255.255.255', false],
    ['192.168.10.128/25', '192.168.10.128', true],
    ['192.168.10.128/25', '192.168.10.127', false],
    ['0.0.0.0/0', '203.0.113.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1/32', '10.0.0.2', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['::ffff:10.0.0.0/104', '10.200.0.1', true],
    ['::ffff:10.0.0.0/104', '11.0.0.1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '10.0.0.1', false],
  ])('%s has %s: %s', (range, address, expected) => {
    expect(has(range, address)).toBe(expected);
  });

  it.each([
    ['10.0.0.1/8', 'bits set after its length'],
    ['2001:db8::1/32', 'bits set after its length'],
    ['10.0.0.0/33', 'length of 0–32'],
    ['10.0.0.0/', 'length of 0–32'],
    ['10.0.0.0/08', 'length of 0–32'],
    ['10.0.0.0/-1', 'length of 0–32'],
    ['10.0.0.0/255.0.0.0', 'length of 0–32'],
    ['2001:db8::/129', 'length of 0–128'],
    ['::ffff:10.0.0.0/8', 'length of 96–128'],
    ['10.0.0.0/8/8', 'is no address'],
    ['10.0.0/8', 'is no address'],
    ['010.0.0.0/8', 'is no address'],
    ['/8', 'is no address'],
  ])('refuses %s', (text, why) => {
    expect(readRange(text)).toContain(why);
  });
});

describe('special addresses', () => {
  const everything = list({ allow: ['0.0.0.0/0', '::/0', 'anything.example'] });
  const special = [
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::127.0.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fe80::1',
    'febf::1',
    'fd00:ec2::254',
    // credentials of pods on EKS
    'fd00:ec2::23',
    'fd20:ce::254',
    '100.100.100.200',
    '168.63.129.16',
    '224.0.0.1',
    '239.255.255.255',
    'ff02::1',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    '255.255.255.255',
  ];

  it.each(special)('%s is not opened by a list that allows everything, nor by a name', (address) => {
    expect(everything.isAllowed(address)).toBe(false);
    expect(everything.isAllowed(address, 'anything.example')).toBe(false);
  });

  it.each([
    '128.0.0.1',
    '126.255.255.255',
    '169.253.255.255',
    '223.255.255.255',
    '240.0.0.1',
    '1.0.0.0',
    'fec0::1',
    'fd00:ec1::254',
    'fd20:ce::253',
    '100.100.100.201',
    '168.63.129.17',
    '64:ff9b::10.0.0.1',
    '::2',
  ])('%s is none of them', (address) => expect(everything.isAllowed(address)).toBe(address !== '::2'));

  it('cannot be named among the ordinary ones, whole or in part', () => {
    expect(refusal({ allow: ['127.0.0.1'] })).toBe(
      '"127.0.0.1" cannot be on the allow-list: it is loopback. If you mean it, name it among the special addresses.',
    );
    for (const entry of ['169.254.169.254', '169.254.0.0/16', '::ffff:127.0.0.0/104', 'fe80::/64', '64:ff9b::7f00:0/104'])
      expect(refusal({ allow: [entry] })).toContain('among the special addresses');
    // a range that has ordinary ones, too, opens those
    expect(list({ allow: ['126.0.0.0/7'] }).isAllowed('127.0.0.1')).toBe(false);
  });

  it('are opened by name, and only those that are named', () => {
    const local = list({ allow: [], allowSpecial: ['127.0.0.0/8', '::1'] });
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254', '10.0.0.1'].map((address) => local.isAllowed(address))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('are what the flag is for, and nothing else', () => {
    expect(refusal({ allow: [], allowSpecial: ['10.0.0.0/8'] })).toContain('is not a special address');
    expect(refusal({ allow: [], allowSpecial: ['0.0.0.0/0'] })).toContain('is not a special address');
    expect(refusal({ allow: [], allowSpecial: ['localhost'] })).toContain('is no address');
  });

  it('say what they are', () => {
    const is = (text: string) => specialOf(readAddress(text) ?? { bits: 32, value: 1n << 24n })?.is;
    expect([is('169.254.169.254'), is('fd00:ec2::254'), is('10.0.0.1')]).toEqual([
      'link-local, where clouds hand out credentials',
      'the metadata service of a cloud',
      undefined,
    ]);
  });
});

describe('parseAllowList', () => {
  it('allows nothing that is not named', () => {
    const none = list({ allow: [] });
    expect([none.isAllowed('10.0.0.1'), none.isAllowed('10.0.0.1', 'api.shop.example'), none.describe()]).toEqual([false, false, 'none']);
  });

  it('allows addresses by range, however they are written, and nothing that is no address', () => {
    const some = list({ allow: [' 10.0.0.0/8 ', '2001:db8::/32'] });
    expect(['10.1.2.3', '::ffff:10.1.2.3', '2001:DB8::1'].every((address) => some.isAllowed(address))).toBe(true);
    expect(['11.1.2.3', '10.1.2', '012.1.2.3', '10.1.2.3:443', '', 'api.shop.example'].some((address) => some.isAllowed(address))).toBe(
      false,
    );
    expect(some.describe()).toBe('10.0.0.0/8, 2001:db8::/32');
  });

  it('allows what a named host leads to', () => {
    const some = list({ allow: ['API.shop.example', '*.clusters.example'] });
    const allowed = (host: string) => some.isAllowed('203.0.113.9', host);
    expect(['api.shop.example', 'Api.Shop.Example.', 'a.clusters.example', 'a.b.clusters.example'].every(allowed)).toBe(true);
    expect(['shop.example', 'x.api.shop.example', 'clusters.example', 'evilclusters.example', 'api.shop.example.evil'].some(allowed)).toBe(
      false,
    );
    expect([some.isAllowed('203.0.113.9'), some.namesHost('a.clusters.example')]).toEqual([false, true]);
  });

  it.each(['localhost', 'k8s', 'api-1.shop.example', 'xn--bcher-kva.example', '*.example', '1and1.example', '3com'])(
    'takes the name %s',
    (entry) => {
      expect(refusal({ allow: [entry] })).toBe('accepted');
    },
  );

  it.each([
    '',
    '*',
    '*.',
    'a.*.example',
    '-a.example',
    'a-.example',
    'a..example',
    'a_b.example',
    'https://api.example',
    'api.example:443',
    'api.example/x',
    '127.1',
    '0177.0.0.1',
    '2130706433',
    '0x7f000001',
    '10.0.0.256',
    '10.0.0.0/40',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(127)}aa`,
  ])('refuses "%s"', (entry) => {
    expect(refusal({ allow: ['10.0.0.0/8', entry] })).toContain(`"${entry}" cannot be on the allow-list: it `);
  });
});
