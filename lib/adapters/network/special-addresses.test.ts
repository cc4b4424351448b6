import { expect, it } from 'vitest';
import { isPublic, plainAddress, specialKind } from './special-addresses.ts';

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
  ['0:0:0:0:0:ffff:a9fe:a9fe', '169.254.169.254'],
  ['FD00:0:0::1', 'fd00::1'],
  ['fe80::1%eth0', undefined],
  ['example.org', undefined],
  ['', undefined],
])('spells %s as %s', (text, plain) => expect(plainAddress(text)).toBe(plain));

it.each([
  ['127.0.0.1', 'is a loopback address'],
  ['127.255.0.9', 'is a loopback address'],
  ['::1', 'is a loopback address'],
  ['169.254.169.254', 'belongs to the metadata service of a cloud'],
  ['169.254.170.2', 'belongs to the metadata service of a cloud'],
  ['fd00:ec2::254', 'belongs to the metadata service of a cloud'],
  ['168.63.129.16', 'belongs to the metadata service of a cloud'],
  ['100.100.100.200', 'belongs to the metadata service of a cloud'],
  ['169.254.1.1', 'is a link-local address'],
  ['fe80::1', 'is a link-local address'],
  ['0.0.0.0', 'is reserved'],
  ['::', 'is reserved'],
  ['224.0.0.1', 'is reserved'],
  ['255.255.255.255', 'is reserved'],
  ['ff02::1', 'is reserved'],
  ['64:ff9b::7f00:1', 'is reserved'],
  ['2002:7f00:1::', 'is reserved'],
  ['::7f00:1', 'is reserved'],
  ['10.0.0.1', undefined],
  ['192.168.1.1', undefined],
  ['203.0.113.9', undefined],
  ['fd12::1', undefined],
  ['2001:db8::1', undefined],
])('says that %s %s', (address, is) => expect(specialKind(address)?.is).toBe(is));

it.each([
  ['203.0.113.9', true],
  ['2600::1', true],
  ['10.0.0.1', false],
  ['172.31.0.1', false],
  ['172.32.0.1', true],
  ['192.168.0.1', false],
  ['100.64.0.1', false],
  ['fd12::1', false],
  ['127.0.0.1', false],
])('knows whether %s is public: %s', (address, is) => expect(isPublic(address)).toBe(is));
