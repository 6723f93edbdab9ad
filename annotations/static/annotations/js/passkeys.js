// <form data-passkey="create|authenticate|login">: asks the device for a passkey, then posts it.
// Options come from the JSON in #data-passkey-data, or for "login" from data-passkey-options.

const supported = typeof PublicKeyCredential === "function" &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential;

async function readOptions(form) {
  if (form.dataset.passkeyOptions) {
    const response = await fetch(form.dataset.passkeyOptions, {
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(`No passkey options: HTTP ${response.status}`);
    return response.json();
  }
  return JSON.parse(document.getElementById(form.dataset.passkeyData).textContent);
}

function creationOptions(form, options) {
  const wanted = options.creation_options.publicKey;
  const alone = form.elements.passwordless?.checked;
  wanted.authenticatorSelection = {
    ...wanted.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: Boolean(alone),
    ...(alone ? { userVerification: "required" } : {}),
  };
  return PublicKeyCredential.parseCreationOptionsFromJSON(wanted);
}

async function askDevice(form) {
  const options = await readOptions(form);
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: creationOptions(form, options) });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options.request_options.publicKey,
  );
  return navigator.credentials.get({ publicKey });
}

function attach(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    try {
      const credential = await askDevice(form);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      // The person cancelled, or the device refused: say so and let them choose another way.
      problem.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}

if (supported) {
  for (const part of document.querySelectorAll("[data-passkey-only]")) part.hidden = false;
  for (const form of document.querySelectorAll("form[data-passkey]")) attach(form);
}
