// A form that asks the browser for a passkey before it is sent. Without JavaScript it stays hidden: there is another way.
"use strict";

const CREATE = "create";

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no passkey was asked for");
  return (await answer.json()).request_options;
}

async function send(event) {
  const form = event.target;
  const refusal = form.querySelector("[role=status]");
  event.preventDefault();
  refusal.hidden = true;
  try {
    const options = await optionsOf(form);
    if (form.dataset.passkey === CREATE) {
      // kept on the device and opened by its owner, so that it may stand for password and second step both
      const wanted = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
      options.publicKey.authenticatorSelection = { ...options.publicKey.authenticatorSelection, ...wanted };
    }
    const passkey = await window.webauthnJSON[form.dataset.passkey](options);
    form.querySelector("[name=credential]").value = JSON.stringify(passkey);
    form.submit();
  } catch {
    refusal.hidden = false;
  }
}

if (window.PublicKeyCredential && window.webauthnJSON) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
}
