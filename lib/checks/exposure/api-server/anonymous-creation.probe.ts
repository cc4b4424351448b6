import { defineProbe } from '../probe.ts';
import { type Creator, judgeCreation, tryToCreate } from './creation.ts';
import { apiDoors } from './kubernetes.ts';

const nobody: Creator = {
  who: 'Without a login, anybody who can reach the API',
  unknown: { outcome: 'pass', message: 'The API lets nobody in without a login.' },
  closed: 'Nothing can be created without a login.',
};

export const anonymousCreation = defineProbe({
  id: 'exposure/api-server/anonymous-creation',
  covers: ['API-03', 'KHV-active'],
  title: 'Whoever has no login can create neither pods nor bindings',
  severity: 'critical',
  why: 'A privileged pod is the node it runs on, and a binding of `cluster-admin` is the cluster; here both were tried by a dry run, which checks everything and stores nothing.',
  repair: 'Delete the bindings that give `system:anonymous` or `system:unauthenticated` the right to create anything.',
  techniques: ['T1610', 'T1078.003'],
  references: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run'],
  intrusiveness: 'dry-run',
  leaves:
    'Three lines in the audit log of the API server, and a dry run at its admission webhooks if somebody may create; nothing is stored.',
  doors: apiDoors,
  send: (door, soFar) => tryToCreate(door, soFar, (request) => request),
  judge: (_, asked) => judgeCreation(asked, nobody),
});
