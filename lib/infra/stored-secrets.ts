import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { GatehouseFunction } from './gatehouse-function.ts';

/** What the names of all secrets begin with. */
export const secretPrefix = 'gatehouse/';

/** Kubeconfigs and webhook secrets in Secrets Manager. They are made at run time, so there is no resource here, only who may touch which names. */
export class StoredSecrets extends Construct {
  private readonly key: IKey;
  private readonly names: string;
  private readonly webhookNames: string;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.key = key;
    this.names = this.below(secretPrefix);
    // as lib/fleet/webhook.ts names them
    this.webhookNames = this.below(`${secretPrefix}webhooks/`);
  }

  /** Opens credentials, and forgets that of a cluster that was removed while its last scan ran. Can neither make nor change one. */
  allowReadingAndForgetting(to: GatehouseFunction): void {
    this.allow(to, 'SecretsRead', ['secretsmanager:GetSecretValue', 'secretsmanager:DeleteSecret'], ['kms:Decrypt']);
  }

  /** Removes credentials that nobody needs any more, without ever seeing one. */
  allowForgetting(to: GatehouseFunction): void {
    this.allow(to, 'SecretsForget', ['secretsmanager:DeleteSecret'], ['kms:Decrypt']);
  }

  /** Opens what webhooks are signed with; kubeconfigs stay closed. */
  allowReadingOfWebhooks(to: GatehouseFunction): void {
    this.allow(to, 'WebhookSecretsRead', ['secretsmanager:GetSecretValue'], ['kms:Decrypt'], this.webhookNames);
  }

  allowReadingAndWriting(to: GatehouseFunction): void {
    this.allow(
      to,
      'SecretsReadWrite',
      ['secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:DeleteSecret'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    );
  }

  private below(prefix: string): string {
    return Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${prefix}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private allow(to: GatehouseFunction, sid: string, actions: readonly string[], keyActions: readonly string[], names = this.names): void {
    to.set('secretPrefix', secretPrefix);
    to.set('secretKey', this.key.keyArn);
    to.allow(sid, actions, [names]);
    to.allow(`${sid}Key`, keyActions, [this.key.keyArn], {
      StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` },
    });
    to.explainWildcard(names, 'Secrets are made for each cluster and webhook at run time; the wildcard covers the names below our prefix.');
  }
}
