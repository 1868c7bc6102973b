// An OpenID provider that demands PKCE S256. Prints its issuer. People come as JSON by PEOPLE: {id: claims}.
import { once } from "node:events";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const at = `${process.env.MODULES}/oidc-provider/lib/index.js`;
const { default: Provider } = await import(pathToFileURL(at));
const people = JSON.parse(process.env.PEOPLE);
let handle;
const server = createServer((request, response) => handle(request, response)).listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: "flurfunk", client_secret: "secret-of-the-test", redirect_uris: ["http://localhost/"] }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "given_name", "family_name", "department"] },
  findAccount: (_context, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  cookies: { keys: ["only-for-tests"] },
});
// The port of the site under test is not known beforehand; everything else of the client is checked as usual.
provider.Client.prototype.redirectUriAllowed = (uri) => new URL(uri).pathname === "/accounts/oidc/strict/login/callback/";
handle = provider.callback();
console.log(issuer);
