import { clusterSubject, defineCheck, fail, manual, pass, unknown } from '../check.ts';
import { enginesIn, imagePoliciesIn, strangersIn, verifierEvidence, verifiersIn, withoutVerifier } from '../shared/image-verifiers.ts';
import { controlPlaneSlices } from '../shared/instances.ts';
import { userNamespaces } from '../shared/namespaces.ts';
import { apiServerFlag } from '../shared/pod-admission.ts';
import { capital, few, upTo } from '../shared/words.ts';

const plugin = 'ImagePolicyWebhook';
const names = (some: readonly { readonly name: string }[]): string => few([...new Set(some.map(({ name }) => name))]);

/** The API server's own plugin counts, and so does a webhook that does nothing but verify images. A policy engine does so only if a policy asks for it, which a person must look at. */
export const imageProvenance = defineCheck({
  id: 'admission/image-provenance',
  title: 'Only images of proven origin are admitted',
  severity: 'medium',
  reads: ['admission', 'namespaces'],
  mayRead: ['apiGroups', ...controlPlaneSlices],
  why: 'Without a check of signatures whoever can push to a registry, or pretend to be it, decides what runs in the cluster.',
  repair:
    'Sign images and verify them at admission: with the Sigstore policy-controller, Connaisseur or Kyverno `verifyImages`, or with the plugin ImagePolicyWebhook in `--enable-admission-plugins`, told whom to ask by `--admission-control-config-file`.',
  evaluate: ({ admission, namespaces, apiGroups, ...seen }) => {
    const subject = clusterSubject(seen.cluster);
    const flag = apiServerFlag(seen, 'enable-admission-plugins');
    const servers = flag.read ? flag.value : [];
    const asking = servers.filter(({ values }) => values.includes(plugin));
    const verifiers = verifiersIn(admission);
    const perhaps = [
      ...enginesIn(admission, apiGroups.read ? apiGroups.value : []),
      ...imagePoliciesIn(admission),
      ...strangersIn(admission),
    ];
    const evidence = upTo([
      ...servers.flatMap((server) => server.evidence),
      ...(flag.read ? [] : [{ source: 'API server', looked: '--enable-admission-plugins', found: flag.reason }]),
      ...verifiers.map(verifierEvidence),
      ...perhaps.map((one) => one.evidence),
      ...(verifiers.length + perhaps.length > 0
        ? []
        : [{ source: 'webhooks and admission policies', looked: 'what may verify images of new pods', found: 'none' }]),
    ]);

    if (asking.length > 0 && asking.length === servers.length)
      return [pass(subject, `Every API server asks ${plugin} about images.`, ...evidence)];
    if (verifiers.length > 0) {
      const users = userNamespaces(namespaces);
      const left = withoutVerifier(verifiers, users);
      if (left.length === 0) return [pass(subject, `${names(verifiers)} verifies the images of new pods.`, ...evidence)];
      return left.length === users.length
        ? [fail(subject, `${names(verifiers)} is there, but no namespace depends on its answer.`, ...evidence)]
        : [
            manual(
              subject,
              `${names(verifiers)} verifies images, but not surely in ${few(left)}; a person must look whether that is meant.`,
              ...evidence,
            ),
          ];
    }
    if (perhaps.length > 0)
      return [manual(subject, `${capital(names(perhaps))} may verify images; a person must look whether it does.`, ...evidence)];
    if (asking.length > 0)
      return [
        fail(subject, `${asking.length} of ${servers.length} API servers ask ${plugin} about images, the others do not.`, ...evidence),
      ];
    if (!flag.read)
      return [unknown(subject, `No webhook verifies images, and the API server's plugins could not be seen: ${flag.reason}`, ...evidence)];
    return [fail(subject, 'Nothing verifies where the images of new pods come from.', ...evidence)];
  },
});
