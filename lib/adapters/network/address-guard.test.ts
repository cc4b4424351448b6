import { isIPv4, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { allowing, resolving } from '../../../test/support/addresses.ts';
import { AddressNotAllowed, createAddressGuard } from './address-guard.ts';

const guard = (...answers: readonly (readonly string[])[]) =>
  createAddressGuard({ allow: allowing('10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16'), resolve: resolving(...answers) });

it.each([
  ['10.1.2.3', undefined],
  ['::ffff:10.1.2.3', undefined],
  ['192.0.2.1', 'is outside the addresses that may be connected to (10.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16)'],
  ['127.0.0.1', 'is a loopback address'],
  ['::ffff:127.0.0.1', 'is a loopback address'],
  ['169.254.169.254', 'belongs to the metadata service of a cloud'],
  ['nonsense', 'is none that can be connected to'],
])('judges %s: %s', (address, why) => expect(guard([]).whyNot(address)).toBe(why));

it('allows loopback only when it is told to and the list has it', () => {
  const local = (net: string) => createAddressGuard({ allow: allowing(net), isLoopbackAllowed: true });
  expect(local('127.0.0.0/8').whyNot('127.0.0.1')).toBeUndefined();
  expect(local('10.0.0.0/8').whyNot('127.0.0.1')).toBe('is outside the addresses that may be connected to (10.0.0.0/8)');
  expect(local('169.254.0.0/16').whyNot('169.254.169.254')).toBe('belongs to the metadata service of a cloud');
});

it('refuses a name when one of its addresses is bad, without telling it', async () => {
  await expect(guard(['10.0.0.1', '192.0.2.1']).addressesOf('two.test')).rejects.toThrow(
    new AddressNotAllowed('two.test', 'is outside the addresses that may be connected to (10.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16)'),
  );
  await expect(guard(['192.0.2.1']).addressesOf('two.test')).rejects.toThrow(/^it leads to an address that is outside (?!.*192)/);
  expect(await guard(['10.0.0.1', '10.0.0.2']).addressesOf('two.test')).toEqual(['10.0.0.1', '10.0.0.2']);
});

it('fails for a name without addresses', () => expect(guard([]).addressesOf('none.test')).rejects.toMatchObject({ code: 'ENOTFOUND' }));

it('hands sockets the very addresses it looked at', async () => {
  const look = (lookup: LookupFunction, options: object) =>
    promisify((done: (error: Error | null, found?: unknown) => void) => lookup('a.test', options, (error, found) => done(error, found)))();
  const { lookup } = guard(['::ffff:10.0.0.9', '10.0.0.1']);
  expect(await look(lookup, { all: true })).toEqual([
    { address: '::ffff:10.0.0.9', family: 6 },
    { address: '10.0.0.1', family: 4 },
  ]);
  expect(await look(lookup, { family: 4 })).toSatisfy(isIPv4);
  expect(await look(lookup, { family: 'IPv4' })).toBe('10.0.0.1');
  await expect(look(guard(['10.0.0.1']).lookup, { family: 6 })).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(look(guard(['192.0.2.1']).lookup, {})).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_ALLOWED' });
});
