import type { Family } from './families.ts';

/** Suites that protect nothing, or nothing any more. */
export const brokenFamilies: readonly Family[] = [
  {
    name: 'no encryption (NULL)',
    severity: 'high',
    suites: {
      1: 'TLS_RSA_WITH_NULL_MD5',
      2: 'TLS_RSA_WITH_NULL_SHA',
      59: 'TLS_RSA_WITH_NULL_SHA256',
      49153: 'TLS_ECDH_ECDSA_WITH_NULL_SHA',
      49158: 'TLS_ECDHE_ECDSA_WITH_NULL_SHA',
      49163: 'TLS_ECDH_RSA_WITH_NULL_SHA',
      49168: 'TLS_ECDHE_RSA_WITH_NULL_SHA',
    },
  },
  {
    name: 'no certificate (anonymous Diffie-Hellman)',
    severity: 'high',
    suites: {
      24: 'TLS_DH_anon_WITH_RC4_128_MD5',
      27: 'TLS_DH_anon_WITH_3DES_EDE_CBC_SHA',
      52: 'TLS_DH_anon_WITH_AES_128_CBC_SHA',
      58: 'TLS_DH_anon_WITH_AES_256_CBC_SHA',
      108: 'TLS_DH_anon_WITH_AES_128_CBC_SHA256',
      109: 'TLS_DH_anon_WITH_AES_256_CBC_SHA256',
      166: 'TLS_DH_anon_WITH_AES_128_GCM_SHA256',
      167: 'TLS_DH_anon_WITH_AES_256_GCM_SHA384',
      49173: 'TLS_ECDH_anon_WITH_NULL_SHA',
      49174: 'TLS_ECDH_anon_WITH_RC4_128_SHA',
      49175: 'TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA',
      49176: 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA',
      49177: 'TLS_ECDH_anon_WITH_AES_256_CBC_SHA',
    },
  },
  {
    name: 'keys of 40 or 56 bits (export)',
    severity: 'high',
    suites: {
      3: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
      6: 'TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5',
      8: 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA',
      17: 'TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA',
      20: 'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA',
      23: 'TLS_DH_anon_EXPORT_WITH_RC4_40_MD5',
      25: 'TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA',
      98: 'TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA',
      100: 'TLS_RSA_EXPORT1024_WITH_RC4_56_SHA',
    },
  },
  {
    name: 'RC4',
    severity: 'high',
    suites: {
      4: 'TLS_RSA_WITH_RC4_128_MD5',
      5: 'TLS_RSA_WITH_RC4_128_SHA',
      49154: 'TLS_ECDH_ECDSA_WITH_RC4_128_SHA',
      49159: 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA',
      49164: 'TLS_ECDH_RSA_WITH_RC4_128_SHA',
      49169: 'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
    },
  },
  {
    name: 'DES',
    severity: 'high',
    suites: {
      9: 'TLS_RSA_WITH_DES_CBC_SHA',
      18: 'TLS_DHE_DSS_WITH_DES_CBC_SHA',
      21: 'TLS_DHE_RSA_WITH_DES_CBC_SHA',
      26: 'TLS_DH_anon_WITH_DES_CBC_SHA',
    },
  },
];
