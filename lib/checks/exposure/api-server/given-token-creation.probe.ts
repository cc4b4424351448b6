import { defineProbe } from '../probe.ts';
import { type Creator, judgeCreation, tryToCreate } from './creation.ts';
import { asGiven, notGiven, refusedToken, tokenDoors, whereGiven } from './given-token.ts';

const account: Creator = {
  who: 'The account of the given token',
  unknown: refusedToken,
  closed: 'The account of the given token can create neither pods nor bindings.',
};

export const givenTokenCreation = defineProbe({
  id: 'exposure/api-server/given-token-creation',
  covers: ['API-03'],
  title: 'The account of the given token can create neither privileged pods nor bindings',
  severity: 'critical',
  why: 'A privileged pod is the node it runs on, and a binding of `cluster-admin` is the cluster; here both were tried by a dry run, which checks everything and stores nothing.',
  repair:
    'Take the right to create pods or bindings from the account, and hold the namespace to the Pod Security level `baseline` or stricter.',
  techniques: ['T1610', 'T1078.003'],
  references: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run'],
  intrusiveness: 'dry-run',
  leaves: 'Three lines in the audit log of the API server, as the account of the given token; nothing is stored, and none without a token.',
  doors: tokenDoors,
  send: (door, soFar) => whereGiven(door, () => tryToCreate(door, soFar, asGiven)),
  judge: (door, asked) => (door.vantage === 'internal' ? undefined : (notGiven(door) ?? judgeCreation(asked, account))),
});
