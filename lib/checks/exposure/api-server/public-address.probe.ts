import { isWithin, type Range, readAddress, readRange, specialOf } from '../../../core/address.ts';
import { defineProbe } from '../probe.ts';
import { apiDoors } from './kubernetes.ts';

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

const isInner = (text: string): boolean => {
  const address = readAddress(text);
  return address === undefined || specialOf(address) !== undefined || innerNetworks.some((range) => isWithin(address, range));
};

export const publicAddress = defineProbe({
  id: 'exposure/api-server/public-address',
  covers: ['API-17'],
  title: 'The API does not listen at an address of the internet',
  severity: 'medium',
  why: 'An API that the internet can reach is attacked within minutes of every new flaw; login and rights are then all that protects the cluster.',
  repair:
    'Give the API an address of an inner network and reach it by VPN or bastion, or let firewall or load balancer admit known networks only; accept this finding by a waiver where that is so.',
  techniques: ['T1133'],
  references: ['https://kubernetes.io/docs/concepts/security/controlling-access/'],
  intrusiveness: 'passive',
  leaves: 'Nothing but the connection itself.',
  doors: { ...apiDoors, places: ['api-server'], vantages: ['external'] },
  send: () => [],
  judge: ({ address }) => {
    const evidence = [
      { looked: 'TCP connection from the network of the scan', found: isInner(address) ? 'open, inner address' : 'open, public address' },
    ];
    return isInner(address)
      ? { outcome: 'pass', message: 'The API was reached at an address that the internet has no way to.', evidence }
      : {
          outcome: 'fail',
          certainty: 'potential',
          message:
            'The API was reached at an address of the internet; whether others are let through as well cannot be seen from one network.',
          evidence,
        };
  },
});
