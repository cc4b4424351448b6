import { defineProbe } from '../probe.ts';
import { captured, decidedBy, isCalled, pageLooksLike, says } from './signs.ts';

/** Asked so that a standby, a sealed and an uninitialised Vault all answer 200. */
const health = '/v1/sys/health?standbyok=true&perfstandbyok=true&sealedcode=200&uninitcode=200';
const isVault = /"initialized"\s*:.*"sealed"\s*:.*"standby"\s*:/s;

export const vault = defineProbe({
  id: 'exposure/add-ons/vault',
  covers: ['ADD-07'],
  title: 'Vault is initialised and speaks TLS only',
  severity: 'high',
  why: 'Whoever initialises a Vault owns it, and over plain HTTP every token and every secret can be read on the way.',
  repair: 'Initialise Vault, give its listener a certificate (`tls_disable = false`), and publish it only to those who need it.',
  techniques: ['T1552.007', 'T1133'],
  references: ['https://developer.hashicorp.com/vault/docs/concepts/production-hardening'],
  intrusiveness: 'reading',
  leaves: 'Nothing; these paths are not in the audit log of Vault.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [8200],
    recognise: (door) => pageLooksLike(door, /<title>Vault<\/title>|^\/ui\/$/) || isCalled(door, /vault|openbao/),
  },
  ...decidedBy(
    {
      path: health,
      shows: says(isVault, /"initialized"\s*:\s*false/),
      outcome: 'fail',
      message: 'Vault is not initialised: whoever reaches it first owns it.',
      found: 'not initialised',
    },
    {
      path: health,
      shows: (answer, of, door) => says(isVault)(answer, of, door) && door.greeting.http === 'plain',
      outcome: 'fail',
      severity: 'medium',
      message: 'Vault speaks plain HTTP, so tokens and secrets can be read on the way.',
      found: 'health of Vault in clear text',
    },
    {
      path: health,
      shows: says(isVault),
      outcome: 'pass',
      message: 'Vault is initialised and speaks TLS; it gives nothing without a token.',
      found: captured(/"version"\s*:\s*"([\w.+-]+)"/, (version) => `health of Vault ${version}`, 'health of Vault'),
    },
  ),
});
