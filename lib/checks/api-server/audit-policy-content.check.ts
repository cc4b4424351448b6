import { documentCheck } from '../shared/api-server-document.ts';
import { type AuditedRequest, AuditPolicy, auditOf } from '../shared/audit-policy.ts';
import { few } from '../shared/words.ts';

const writes = ['create', 'update', 'patch', 'delete'];
const reads = ['get', 'list', 'watch'];
/** What an investigation asks about first. A connection to a pod is a `get` or a `create`, by the protocol the client happens to use. */
const concerns: readonly (Omit<AuditedRequest, 'verb'> & { readonly verbs: readonly string[]; readonly isSecret?: true })[] = [
  { group: '', resource: 'secrets', verbs: [...reads, ...writes], isSecret: true },
  { group: '', resource: 'configmaps', verbs: [...reads, ...writes], isSecret: true },
  { group: 'authentication.k8s.io', resource: 'tokenreviews', verbs: ['create'], isClusterScoped: true, isSecret: true },
  { group: '', resource: 'pods', verbs: writes },
  { group: 'apps', resource: 'deployments', verbs: writes },
  ...['exec', 'attach', 'portforward'].map((subresource) => ({ group: '', resource: 'pods', subresource, verbs: ['get', 'create'] })),
  { group: '', resource: 'pods', subresource: 'proxy', verbs: ['get', ...writes] },
  { group: '', resource: 'services', subresource: 'proxy', verbs: ['get', ...writes] },
];

export const auditPolicyContent = documentCheck({
  id: 'api-server/audit-policy-content',
  title: 'The audit policy logs what an investigation needs, and no contents of Secrets',
  severity: 'medium',
  why: 'Who read a Secret, changed a pod or opened a shell in one can only be told afterwards if the policy logs it; a policy that logs bodies copies Secrets and tokens into the log.',
  repair:
    'Give the policy in the file of `--audit-policy-file` a rule of level Metadata for secrets, configmaps and tokenreviews (group authentication.k8s.io), and rules of at least that level for changes of pods and deployments and for pods/exec, pods/attach, pods/portforward, pods/proxy and services/proxy, with the verbs get and create; the first rule that matches counts, and what none matches is not logged.',
  flag: 'audit-policy-file',
  schema: AuditPolicy,
  without: 'The API server has no audit policy, so it logs nothing.',
  judge: (policy) => {
    const asked = concerns.map(({ verbs, isSecret, ...request }) => {
      const name = [request.resource, request.subresource].filter(Boolean).join('/');
      const audited = verbs.map((verb) => ({ verb, ...auditOf(policy, { ...request, verb }) }));
      const holdsBody = ({ verb, levels }: (typeof audited)[number]) =>
        levels.includes('RequestResponse') || (levels.includes('Request') && writes.includes(verb));
      return {
        name,
        audited,
        missed: audited.filter((one) => one.missed).map(({ verb }) => verb),
        exceptions: [...new Set(audited.flatMap((one) => one.exceptions))],
        bodies: isSecret ? audited.filter(holdsBody).map(({ verb }) => verb) : [],
      };
    });
    const found = asked.map(({ name, audited }) => ({
      looked: `requests for ${name}`,
      found: audited.map(({ verb, missed, levels }) => `${verb}: ${missed ? 'not logged' : [...new Set(levels)].join(' or ')}`).join(', '),
    }));
    const named = (some: readonly { readonly name: string }[], verbs: (one: (typeof asked)[number]) => readonly string[]) =>
      few(
        asked.filter((one) => some.includes(one)).map((one) => `${one.name} (${verbs(one).join(', ')})`),
        12,
      );
    const missed = asked.filter((one) => one.missed.length > 0);
    const bodies = asked.filter((one) => one.bodies.length > 0);
    const exceptions = [...new Set(asked.flatMap((one) => one.exceptions))].toSorted((a, b) => a - b);
    const wrong = [
      ...(missed.length > 0 ? [`does not log requests for ${named(missed, (one) => one.missed)}`] : []),
      ...(bodies.length > 0 ? [`logs the contents of ${named(bodies, (one) => one.bodies)}`] : []),
    ];
    if (wrong.length > 0) return { outcome: 'fail', message: `The audit policy ${wrong.join(', and ')}.`, found };
    if (exceptions.length > 0)
      return {
        outcome: 'manual',
        message: `The audit policy logs what is needed but for the exceptions of its rules number ${exceptions.join(', ')}; look whether these users, namespaces or objects may go unlogged.`,
        found,
      };
    return { outcome: 'pass', message: 'The audit policy logs what an investigation needs, and no contents of Secrets.', found };
  },
});
