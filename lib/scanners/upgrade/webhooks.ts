import { X509Certificate } from 'node:crypto';
import type { CertificateFact } from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import type { GateFacts, GateWebhook } from '../../core/gate/index.ts';
import { fromDate } from '../../core/time.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, readAll, together } from '../configuration/listing.ts';
import { listings } from './listings.ts';
import { WebhookConfiguration } from './object-schema.ts';
import { selectorOf } from './objects.ts';

const onOneLine = (name: string): string => name.replaceAll('\n', ', ');
const certificateOf = (pem: string): CertificateFact | undefined => {
  try {
    const { subject, issuer, validToDate } = new X509Certificate(pem);
    return { subject: onOneLine(subject), issuer: onOneLine(issuer), selfSigned: subject === issuer, notAfter: fromDate(validToDate) };
  } catch {
    // what is no certificate is none of the bundle's
    return undefined;
  }
};

/** Certificates of one bundle that are looked at; a bundle of all public authorities holds some 150. */
const mostCertificates = 300;

/** The certificates of a `caBundle` (base64 of PEM), as far as they can be read. */
export const authoritiesIn = (bundle: string | null | undefined): readonly CertificateFact[] => {
  const pem = Buffer.from(bundle ?? '', 'base64').toString('latin1');
  const blocks = pem.split('-----END CERTIFICATE-----').slice(0, -1).slice(0, mostCertificates);
  return blocks.flatMap((block) => {
    const begin = block.lastIndexOf('-----BEGIN CERTIFICATE-----');
    return begin < 0 ? [] : (certificateOf(`${block.slice(begin)}-----END CERTIFICATE-----\n`) ?? []);
  });
};

const webhooksOf =
  (kind: GateWebhook['kind']) =>
  ({ metadata, webhooks }: WebhookConfiguration): readonly GateWebhook[] =>
    (webhooks ?? []).map((webhook) => {
      const { service, url, caBundle } = webhook.clientConfig;
      return given<GateWebhook>({
        kind,
        configuration: metadata.name,
        name: webhook.name,
        failurePolicy: webhook.failurePolicy ?? 'Fail',
        timeoutSeconds: webhook.timeoutSeconds ?? 10,
        matchPolicy: webhook.matchPolicy ?? 'Equivalent',
        service: service ? { ...service, port: service.port ?? 443 } : undefined,
        url: url ?? undefined,
        rules: (webhook.rules ?? []).map(({ apiGroups, apiVersions, resources, operations, scope }) => ({
          apiGroups: apiGroups ?? [],
          apiVersions: apiVersions ?? [],
          resources: resources ?? [],
          operations: operations ?? [],
          scope: scope ?? '*',
        })),
        namespaceSelector: selectorOf(webhook.namespaceSelector),
        objectSelector: selectorOf(webhook.objectSelector),
        matchConditions: webhook.matchConditions?.length ?? 0,
        authorities: authoritiesIn(caBundle),
      });
    });

/** All webhooks that are asked about writes, by configuration and name. */
export const observeWebhooks = async (access: ClusterAccess): Promise<GateFacts['webhooks']> => {
  const all = together({
    validating: await readAll(access, listings.validating, WebhookConfiguration, webhooksOf('ValidatingWebhookConfiguration')),
    mutating: await readAll(access, listings.mutating, WebhookConfiguration, webhooksOf('MutatingWebhookConfiguration')),
  });
  if (!all.read) return all;
  const order = ({ kind, configuration, name }: GateWebhook): string => `${configuration}/${name}/${kind}`;
  return seen([...all.value.validating, ...all.value.mutating].flat().toSorted((a, b) => byText(order(a), order(b))));
};
