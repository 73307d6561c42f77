/** The gateway as the demo's integrator sees it: HTTP and an API key. */
export interface GatewayClient {
  readonly url: string;
  readonly key: string;
  get(path: string): Promise<unknown>;
  /** Any status is an answer here: a refusal is what the demo wants to show. */
  post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
}

export function createGatewayClient(url: string, key: string): GatewayClient {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return {
    url,
    key,
    async get(path) {
      const answer = await fetch(`${url}${path}`, { headers });
      if (!answer.ok) throw new Error(`${path}: the gateway answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    },
    async post(path, body) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    },
  };
}
