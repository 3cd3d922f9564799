import { operation } from '../openapi.ts';
import { sample, sampleOf } from '../sample.ts';
import { json, notFound, page, type Route } from '../protocol.ts';
import { userOf } from './issues.ts';

export const APP_ROUTES: Readonly<Record<string, Route>> = {
  'apps/create-installation-access-token': ({ body, identity }) => {
    const permissions = { ...identity.permissions };
    const expires_at = '2099-01-01T00:00:00Z';
    return json(
      201,
      sample('installation-token', {
        token: 'ghs_app',
        expires_at,
        permissions: body['permissions'] ?? permissions,
      }),
    );
  },
  'apps/get-authenticated': ({ identity }) => {
    const slug = identity.login.replace(/\[bot\]$/, '');
    return json(200, sample('integration', { id: 1, slug, name: slug, owner: userOf(identity) }));
  },
  'apps/get-repo-installation': () => json(200, sample('installation', { id: 1 })),
  'apps/create-from-manifest': () => {
    const schema = operation('apps/create-from-manifest').responses['201'] ?? {};
    return json(
      201,
      sampleOf(schema, { id: 1, slug: 'istio-upgrade-guard', pem: 'pem', webhook_secret: 'secret' }),
    );
  },
  'apps/list-webhook-deliveries': (context) => page(context, context.fake.deliveries),
  'apps/redeliver-webhook-delivery': ({ fake, params }) => {
    fake.redelivered.push(Number(params['delivery_id']));
    return json(202, {});
  },
  'rate-limit/get': () => json(200, sample('rate-limit-overview')),
  'users/get-authenticated': ({ identity }) =>
    identity.type === 'User'
      ? json(200, sample('public-user', { login: identity.login, id: identity.id }))
      : notFound(),
  'repos/get-collaborator-permission-level': ({ repository, params }) => {
    const login = params['username'] ?? '';
    const permission = repository.collaborators.get(login) ?? 'none';
    return json(200, { permission, role_name: permission, user: null });
  },
};
