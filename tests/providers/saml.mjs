// A SAML 2 identity provider that signs its assertions. Prints its address. KEY and CERT: PEM; ACS, AUDIENCE: our side.
// /sso?as=ID answers with a form for the person ID of PEOPLE: {id: attributes}; the id is the persistent NameID.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.MODULES}/`);
const express = require("express");
const samlp = require("samlp");
const { ACS, AUDIENCE, CERT, KEY } = process.env;
const people = JSON.parse(process.env.PEOPLE);
const format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const profileMapper = (person) => ({
  getClaims: () => people[person.id],
  getNameIdentifier: () => ({ nameIdentifier: person.id, nameIdentifierFormat: format }),
});
const options = { issuer: "urn:idp.example", cert: CERT, key: KEY, destination: ACS, recipient: ACS, profileMapper };
const app = express();
app.get("/sso", (request, response, next) => {
  const getUserFromRequest = () => ({ id: request.query.as });
  const getPostURL = (_audience, _document, _request, found) => found(null, ACS);
  samlp.auth({ ...options, audience: AUDIENCE, getUserFromRequest, getPostURL })(request, response, next);
});
const server = app.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
