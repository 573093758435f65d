// oidc.mjs MODULES PORT REDIRECT_URL: the provider that oidc-up runs.
import { generateKeyPairSync } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const [modules, port, redirect] = process.argv.slice(2);
const { Provider } = await import(pathToFileURL(`${modules}/node_modules/oidc-provider/lib/index.js`));
const algorithm = process.env.OIDC_ALG;
const key = algorithm === 'ES256'
  ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'assay', client_secret: 'assay-client-secret', redirect_uris: [redirect], grant_types: ['authorization_code'],
    response_types: ['code'], id_token_signed_response_alg: algorithm,
  }],
  jwks: { keys: [{ ...key.export({ format: 'jwk' }), use: 'sig', alg: algorithm, kid: 'test' }] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  pkce: { required: () => true },
  cookies: { keys: ['a key for tests'] },
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified'), name: id }),
  }),
});
provider.listen(Number(port), '127.0.0.1');
