import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { GatehouseFunction } from './gatehouse-function.ts';

/** Signs manifests; the private half never leaves KMS. Stays when the stack goes: signatures must be checkable for as long as evidence is kept. */
export class SigningKey extends Construct {
  private readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Gatehouse: signs the manifests of evidence',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Signs, with the one algorithm that verifiers know. */
  allowSigning(to: GatehouseFunction): void {
    this.allowReadingPublicKey(to);
    to.allow('ManifestSign', ['kms:Sign'], [this.key.keyArn], { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } });
  }

  /** Hands out the public half, for people who verify offline. */
  allowReadingPublicKey(to: GatehouseFunction): void {
    to.set('signingKey', this.key.keyArn);
    to.allow('ManifestPublicKey', ['kms:GetPublicKey'], [this.key.keyArn]);
  }
}
