import { z } from 'zod';
import { flagsOrDocumentCheck } from '../shared/api-server-document.ts';
import { fails, holds, needsPerson } from '../shared/flag-check.ts';
import { few } from '../shared/words.ts';

/** AuthenticationConfiguration (apiserver.config.k8s.io, KEP-4633), as far as it speaks of anonymous callers. */
const AuthenticationConfiguration = z.object({
  kind: z.literal('AuthenticationConfiguration'),
  anonymous: z.object({ enabled: z.boolean().optional(), conditions: z.array(z.object({ path: z.string() })).optional() }).optional(),
});
/** What probes ask for; it tells nothing but that the API server is there. */
const isHealth = (path: string): boolean => ['/livez', '/readyz', '/healthz'].includes(path);
const letIn = fails('Callers without credentials are let in as system:anonymous.');

export const anonymousAuth = flagsOrDocumentCheck({
  id: 'api-server/anonymous-auth',
  title: 'The API server turns callers without credentials away',
  severity: 'high',
  why: 'Callers without credentials become the user system:anonymous, so one careless binding opens the cluster to everybody who reaches it.',
  repair:
    'Set `--anonymous-auth=false` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config) and give the probes of the static pod another way, or limit anonymous callers to /livez, /readyz and /healthz with `--authentication-config` (Kubernetes 1.32 and later); `kubeadm join` then needs `--discovery-file`, because with a token it first reads cluster-info as anybody.',
  flag: 'authentication-config',
  schema: AuthenticationConfiguration,
  byFlags: (settings, { origin }, hasFile) => {
    const allowed = settings.boolean('anonymous-auth', true);
    if (!allowed) return holds('Callers without credentials are turned away.');
    // the flag and an `anonymous` section in the file exclude each other, so a flag that was given decides
    const isFlagGiven = origin === 'mirror-pod' && settings.has('anonymous-auth');
    return hasFile && !isFlagGiven ? undefined : letIn;
  },
  byFile: ({ anonymous }) => {
    const paths = (anonymous?.conditions ?? []).map(({ path }) => path);
    if (anonymous === undefined) return { ...letIn, found: [{ looked: 'anonymous', found: 'not set' }] };
    const found = [
      { looked: 'anonymous.enabled', found: String(anonymous.enabled ?? false) },
      { looked: 'anonymous.conditions', found: paths.join(', ') || 'none' },
    ];
    if (!anonymous.enabled) return { ...holds('Callers without credentials are turned away.'), found };
    if (paths.length === 0) return { ...letIn, found };
    if (paths.every(isHealth)) return { ...holds(`Callers without credentials reach ${paths.join(', ')} only.`), found };
    const more = few(paths.filter((path) => !isHealth(path)));
    return { ...needsPerson(`Callers without credentials also reach ${more}; look whether that may be open to everybody.`), found };
  },
  lookInto: (path) =>
    needsPerson(
      `Whether callers without credentials are let in is decided in the file ${path}.`,
      `Look at \`anonymous\` in ${path} on the control-plane nodes: \`enabled\` should be false, or \`conditions\` should name health paths only; without that section everybody is let in.`,
    ),
});
