import { isInnerAddress } from '../inner-address.ts';
import { defineProbe } from '../probe.ts';
import { apiDoors } from './kubernetes.ts';

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
      {
        looked: 'TCP connection from the network of the scan',
        found: isInnerAddress(address) ? 'open, inner address' : 'open, public address',
      },
    ];
    return isInnerAddress(address)
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
