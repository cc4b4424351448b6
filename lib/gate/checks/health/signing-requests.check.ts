import { defineGateCheck, fails, namesText, passes } from '../../check.ts';

const ofKubelets = new Set(['kubernetes.io/kubelet-serving', 'kubernetes.io/kube-apiserver-client-kubelet']);

export const signingRequests = defineGateCheck({
  id: 'health.signing-requests',
  category: 'health',
  title: 'No kubelet waits for a certificate',
  severity: 'medium',
  why: 'Nobody signs what kubelets ask for: new nodes of the upgrade will not join, or `kubectl logs` and metrics of them will fail.',
  repair: 'Approve the requests with `kubectl certificate approve` once you know the nodes, and find out why the approver does not.',
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/'],
  reads: ['signingRequests'],
  evaluate: ({ signingRequests: requests }) => {
    const waiting = requests
      .filter(({ pending, signer }) => pending && ofKubelets.has(signer))
      .map(({ name, signer, createdAt }) => ({ kind: 'CertificateSigningRequest', name, detail: `${signer}, since ${createdAt}` }));
    if (waiting.length === 0) return passes('No certificate request of a kubelet is pending.');
    return fails(`Certificate requests of kubelets are pending: ${namesText(waiting)}.`, waiting);
  },
});
