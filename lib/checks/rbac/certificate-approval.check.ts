import { rightCheck } from '../shared/right-check.ts';

export const certificateApproval = rightCheck({
  name: 'certificate-approval',
  title: 'Nobody besides the cluster itself may approve certificate requests',
  severity: 'high',
  doing: 'approve certificate requests',
  rights: [
    {
      verbs: ['update', 'patch'],
      apiGroup: 'certificates.k8s.io',
      resources: ['certificatesigningrequests/approval'],
      isClusterScoped: true,
      named: 'counts',
    },
  ],
  why: 'Whoever approves certificate requests can have a client certificate issued for almost any user or group, and certificates cannot be revoked.',
  repair:
    "Take certificatesigningrequests/approval out of the role, or limit the approver's signers resource to the signer it is there for and keep it to one controller.",
});
