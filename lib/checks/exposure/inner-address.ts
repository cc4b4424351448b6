import { isWithin, type Range, readAddress, readRange, specialOf } from '../../core/address.ts';

/** Networks that no router of the internet knows. */
const innerNetworks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  'fc00::/7',
  '2001:db8::/32',
].map((text) => readRange(text) as Range);

/** Whether the internet has no way to an address; what is no address at all counts as inner. */
export const isInnerAddress = (text: string): boolean => {
  const address = readAddress(text);
  return address === undefined || specialOf(address) !== undefined || innerNetworks.some((range) => isWithin(address, range));
};
