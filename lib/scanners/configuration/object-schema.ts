import { z } from 'zod';

/** A CertificateSigningRequest (certificates.k8s.io/v1) without the request itself. */
export const CertificateSigningRequest = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ signerName: z.string(), username: z.string().nullish(), usages: z.array(z.string()).nullish() }),
  status: z.object({ conditions: z.array(z.object({ type: z.string() })).nullish() }).nullish(),
});
export type CertificateSigningRequest = z.infer<typeof CertificateSigningRequest>;

/** The API groups that are served (APIGroupList, meta/v1). */
export const ApiGroupList = z.object({
  groups: z.array(z.object({ name: z.string(), versions: z.array(z.object({ version: z.string() })) })),
});
export type ApiGroupList = z.infer<typeof ApiGroupList>;
