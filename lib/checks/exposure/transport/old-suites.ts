import type { Family } from './families.ts';

/** Suites that still hold against most, and that nobody needs any more. */
export const oldFamilies: readonly Family[] = [
  {
    name: '3DES (SWEET32)',
    severity: 'medium',
    suites: {
      10: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      19: 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
      22: 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA',
      49155: 'TLS_ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA',
      49160: 'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA',
      49165: 'TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA',
      49170: 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
    },
  },
  {
    name: 'keys exchanged by RSA',
    severity: 'low',
    suites: {
      7: 'TLS_RSA_WITH_IDEA_CBC_SHA',
      47: 'TLS_RSA_WITH_AES_128_CBC_SHA',
      53: 'TLS_RSA_WITH_AES_256_CBC_SHA',
      60: 'TLS_RSA_WITH_AES_128_CBC_SHA256',
      61: 'TLS_RSA_WITH_AES_256_CBC_SHA256',
      65: 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA',
      132: 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA',
      150: 'TLS_RSA_WITH_SEED_CBC_SHA',
      156: 'TLS_RSA_WITH_AES_128_GCM_SHA256',
      157: 'TLS_RSA_WITH_AES_256_GCM_SHA384',
      49308: 'TLS_RSA_WITH_AES_128_CCM',
      49309: 'TLS_RSA_WITH_AES_256_CCM',
    },
  },
  {
    name: 'CBC with SHA-1',
    severity: 'low',
    suites: {
      50: 'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
      51: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
      56: 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA',
      57: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
      69: 'TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA',
      136: 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA',
      154: 'TLS_DHE_RSA_WITH_SEED_CBC_SHA',
      49161: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      49162: 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      49171: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      49172: 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
    },
  },
];
