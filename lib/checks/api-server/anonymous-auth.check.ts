import { apiServerCheck } from '../shared/api-server.ts';
import { fails, holds, needsPerson } from '../shared/flag-check.ts';

export const anonymousAuth = apiServerCheck(
  {
    id: 'api-server/anonymous-auth',
    title: 'The API server turns callers without credentials away',
    severity: 'high',
    why: 'Callers without credentials become the user system:anonymous, so one careless binding opens the cluster to everybody who reaches it.',
    repair:
      'Set `--anonymous-auth=false` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config) and give the probes of the static pod another way, or limit anonymous callers to /livez, /readyz and /healthz with `--authentication-config` (Kubernetes 1.32 and later); `kubeadm join` then needs `--discovery-file`, because with a token it first reads cluster-info as anybody.',
  },
  (settings, { origin }) => {
    const file = settings.has('authentication-config') ? settings.text('authentication-config') : '';
    const allowed = settings.boolean('anonymous-auth', true);
    if (!allowed) return holds('Callers without credentials are turned away.');
    // the flag and an `anonymous` section in the file exclude each other, so a flag that was given decides
    const isFlagGiven = origin === 'mirror-pod' && settings.has('anonymous-auth');
    if (file !== '' && !isFlagGiven)
      return needsPerson(
        `Whether callers without credentials are let in is decided in the file ${file}.`,
        `Look at \`anonymous\` in ${file} on the control-plane nodes: \`enabled\` should be false, or \`conditions\` should name health paths only; without that section everybody is let in.`,
      );
    return fails('Callers without credentials are let in as system:anonymous.');
  },
);
