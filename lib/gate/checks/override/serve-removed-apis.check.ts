import { defineGateCheck, doesNotApply, fails, namesText, passes } from '../../check.ts';

const variable = 'KUBE_APISERVER_SERVE_REMOVED_APIS_FOR_ONE_RELEASE';

export const serveRemovedApis = defineGateCheck({
  id: 'override.serve-removed-apis',
  category: 'override',
  title: 'No API server serves removed versions past their end',
  severity: 'medium',
  why: 'The variable keeps versions alive that the table counts as gone: they work now, and they are missing one release later, when nobody looks for them.',
  repair: `Move their callers to versions that stay, and remove ${variable} from the static pods of the API servers.`,
  links: ['https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apiserver/pkg/server/deleted_kinds.go'],
  reads: ['controlPlane'],
  evaluate: ({ controlPlane }) => {
    const servers = controlPlane.filter(({ component }) => component === 'kube-apiserver');
    if (servers.length === 0) return doesNotApply('The API server does not run in a pod of this cluster.');
    const bad = servers
      .filter(({ environment }) => environment.includes(variable))
      .map(({ name }) => ({ kind: 'Pod', namespace: 'kube-system', name, detail: variable }));
    return bad.length > 0 ? fails(`${variable} is set for ${namesText(bad)}.`, bad) : passes('Removed versions are not served any longer.');
  },
});
