// Asks the device for a passkey. Browsers that cannot read and write it as JSON do without.

export const canAnswer = () => Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

// Return what the passkey signed, as JSON, or nothing where it did not.
export async function answerOf(url) {
  try {
    const asked = await fetch(url, { headers: { "X-Part": "1" } });
    if (!asked.ok) return "";
    const { publicKey } = await asked.json();
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
    const credential = await navigator.credentials.get({ publicKey: options });
    return JSON.stringify(credential.toJSON());
  } catch {
    return "";
  }
}
