<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>DeskOptions</name>
    <message>
        <source>The Countersign desk: ask, compare and deal, with your identity on a token.</source>
        <translation>Der Handelsplatz Countersign: anfragen, vergleichen, handeln, mit der Identität auf einem Token.</translation>
    </message>
    <message>
        <source>Configuration file.</source>
        <translation>Konfigurationsdatei.</translation>
    </message>
    <message>
        <source>Unexpected argument.</source>
        <translation>Unerwartetes Argument.</translation>
    </message>
</context>
<context>
    <name>DeskProgram</name>
    <message>
        <source>Countersign cannot start</source>
        <translation>Countersign kann nicht starten</translation>
    </message>
    <message>
        <source>The desk cannot start as it is configured.</source>
        <translation>So wie er konfiguriert ist, kann der Handelsplatz nicht starten.</translation>
    </message>
</context>
<context>
    <name>FileExport</name>
    <message>
        <source>Export failed</source>
        <translation>Export fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 wurde nicht geschrieben: %2</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>FileImport</name>
    <message>
        <source>it is too large</source>
        <translation>sie ist zu groß</translation>
    </message>
    <message>
        <source>File not read</source>
        <translation>Datei nicht gelesen</translation>
    </message>
    <message>
        <source>%1 was not read: %2</source>
        <translation>%1 wurde nicht gelesen: %2</translation>
    </message>
</context>
<context>
    <name>ui::AccessBadge</name>
    <message>
        <source>no decision yet</source>
        <translation>noch keine Entscheidung</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Access %1</source>
        <translation>Zugang %1</translation>
    </message>
    <message>
        <source>Click for the score line by line</source>
        <translation>Klicken Sie für die Punkte Zeile für Zeile</translation>
    </message>
    <message>
        <source>Access score: %1</source>
        <translation>Punkte des Zugangs: %1</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
</context>
<context>
    <name>ui::AccessFace</name>
    <message>
        <source>Access</source>
        <translation>Zugang</translation>
    </message>
</context>
<context>
    <name>ui::AccessRules</name>
    <message>
        <source>Nothing was dealt: a touch is needed for this price. Asking for it…</source>
        <translation>Nichts wurde gehandelt: Dieser Preis braucht eine Berührung. Sie wird erbeten …</translation>
    </message>
    <message>
        <source>Nothing was dealt: approve this price with your security key.</source>
        <translation>Nichts wurde gehandelt: Genehmigen Sie diesen Preis mit Ihrem Sicherheitsschlüssel.</translation>
    </message>
    <message>
        <source>Your touch for this price is being checked…</source>
        <translation>Ihre Berührung für diesen Preis wird geprüft …</translation>
    </message>
    <message>
        <source>Approved with your touch: click this price once more before it ends.</source>
        <translation>Mit Ihrer Berührung genehmigt: Klicken Sie diesen Preis noch einmal, bevor er endet.</translation>
    </message>
    <message>
        <source>This price is not approved: %1</source>
        <translation>Dieser Preis ist nicht genehmigt: %1</translation>
    </message>
</context>
<context>
    <name>ui::AccessSheet</name>
    <message>
        <source>Ask again</source>
        <translation>Erneut anfragen</translation>
    </message>
    <message>
        <source>Last touch: %1 UTC</source>
        <translation>Letzte Berührung: %1 UTC</translation>
    </message>
    <message>
        <source>Last touch: none in this session</source>
        <translation>Letzte Berührung: keine in dieser Sitzung</translation>
    </message>
    <message>
        <source>Reference %1, %2 UTC</source>
        <translation>Referenz %1, %2 UTC</translation>
    </message>
    <message>
        <source>no decision yet</source>
        <translation>noch keine Entscheidung</translation>
    </message>
    <message>
        <source>%1 %2 · score %3</source>
        <translation>%1 %2 · Punkte %3</translation>
    </message>
    <message>
        <source>%1: %2, score %3</source>
        <translation>%1: %2, Punkte %3</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>%1 abgelehnt</translation>
    </message>
    <message>
        <source>Reference %1</source>
        <translation>Referenz %1</translation>
    </message>
</context>
<context>
    <name>ui::AccessText</name>
    <message>
        <source>Have your security key at hand, then ask again.</source>
        <translation>Halten Sie Ihren Sicherheitsschlüssel bereit und fragen Sie dann erneut an.</translation>
    </message>
    <message>
        <source>You see prices and cannot deal. Change what scores most above, or call the help desk with the reference.</source>
        <translation>Sie sehen Preise und können nicht handeln. Ändern Sie, was oben am meisten zählt, oder rufen Sie den Support mit der Referenz an.</translation>
    </message>
    <message>
        <source>Nothing can be dealt there. Change what scores most above (network, workstation, token), then try again; or call the help desk with the reference.</source>
        <translation>Dort kann nicht gehandelt werden. Ändern Sie, was oben am meisten zählt (Netz, Arbeitsplatz, Token), und versuchen Sie es erneut; oder rufen Sie den Support mit der Referenz an.</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>zugelassen</translation>
    </message>
    <message>
        <source>a touch is needed</source>
        <translation>eine Berührung ist nötig</translation>
    </message>
    <message>
        <source>looking only</source>
        <translation>nur ansehen</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>verweigert</translation>
    </message>
    <message>
        <source>asking for access</source>
        <translation>fragt um Zugang</translation>
    </message>
    <message>
        <source>touch your key</source>
        <translation>Schlüssel berühren</translation>
    </message>
    <message>
        <source>touch missed</source>
        <translation>Berührung versäumt</translation>
    </message>
    <message>
        <source>touch is being checked</source>
        <translation>Berührung wird geprüft</translation>
    </message>
    <message>
        <source>you are away</source>
        <translation>Sie sind abwesend</translation>
    </message>
    <message>
        <source>Not connected. The decision shows here once the session stands.</source>
        <translation>Nicht verbunden. Die Entscheidung erscheint hier, sobald die Sitzung steht.</translation>
    </message>
    <message>
        <source>Waiting for the decision…</source>
        <translation>Warten auf die Entscheidung…</translation>
    </message>
    <message>
        <source>Enter the PIN of your security key and touch it.</source>
        <translation>Geben Sie die PIN Ihres Sicherheitsschlüssels ein und berühren Sie ihn.</translation>
    </message>
    <message>
        <source>No touch was asked of you: %1</source>
        <translation>Es wurde keine Berührung von Ihnen verlangt: %1</translation>
    </message>
    <message>
        <source>Nothing passes until your security key was touched. Ask again when you are ready.</source>
        <translation>Nichts geht hindurch, bis Ihr Sicherheitsschlüssel berührt wurde. Fragen Sie erneut an, wenn Sie bereit sind.</translation>
    </message>
    <message>
        <source>The counterparty checks your touch.</source>
        <translation>Die Gegenpartei prüft Ihre Berührung.</translation>
    </message>
    <message>
        <source>Nothing passes while the desk is locked.</source>
        <translation>Nichts geht hindurch, solange der Desk gesperrt ist.</translation>
    </message>
    <message>
        <source>Allowed below %1, a touch from %1, denied from %2.</source>
        <translation>Zugelassen unter %1, eine Berührung ab %1, verweigert ab %2.</translation>
    </message>
    <message>
        <source>Changed since the last decision: %1</source>
        <translation>Geändert seit der letzten Entscheidung: %1</translation>
    </message>
    <message>
        <source>No security key</source>
        <translation>Kein Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>None is plugged in that this workstation may open.</source>
        <translation>Es steckt keiner, den dieser Arbeitsplatz öffnen darf.</translation>
    </message>
    <message>
        <source>Plug your security key in.</source>
        <translation>Stecken Sie Ihren Sicherheitsschlüssel ein.</translation>
    </message>
    <message>
        <source>The key was taken out</source>
        <translation>Der Schlüssel wurde herausgezogen</translation>
    </message>
    <message>
        <source>Nothing was signed.</source>
        <translation>Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Plug it in again.</source>
        <translation>Stecken Sie ihn wieder ein.</translation>
    </message>
    <message>
        <source>Not an enrolled key</source>
        <translation>Kein registrierter Schlüssel</translation>
    </message>
    <message>
        <source>This security key is not one of yours for this purpose.</source>
        <translation>Dieser Sicherheitsschlüssel ist für diesen Zweck nicht für Sie registriert.</translation>
    </message>
    <message>
        <source>Use the key that you have enrolled.</source>
        <translation>Verwenden Sie den Schlüssel, den Sie registriert haben.</translation>
    </message>
    <message>
        <source>The key has no PIN</source>
        <translation>Der Schlüssel hat keine PIN</translation>
    </message>
    <message>
        <source>A key without PIN cannot tell who touches it.</source>
        <translation>Ein Schlüssel ohne PIN weiß nicht, wer ihn berührt.</translation>
    </message>
    <message>
        <source>Set a PIN on it first.</source>
        <translation>Vergeben Sie zuerst eine PIN.</translation>
    </message>
    <message>
        <source>Wrong PIN</source>
        <translation>Falsche PIN</translation>
    </message>
    <message>
        <source>The security key did not accept it.</source>
        <translation>Der Sicherheitsschlüssel hat sie nicht angenommen.</translation>
    </message>
    <message>
        <source>Type it again, slowly.</source>
        <translation>Geben Sie sie noch einmal ein, langsam.</translation>
    </message>
    <message>
        <source>One try is left</source>
        <translation>Ein Versuch bleibt</translation>
    </message>
    <message>
        <source>A wrong PIN now blocks the key for good. Nothing was tried.</source>
        <translation>Eine falsche PIN sperrt den Schlüssel jetzt endgültig. Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>If you are not certain, stop and use your second key.</source>
        <translation>Wenn Sie nicht sicher sind, hören Sie auf und verwenden Sie Ihren zweiten Schlüssel.</translation>
    </message>
    <message>
        <source>The key takes no more PINs now</source>
        <translation>Der Schlüssel nimmt jetzt keine PIN mehr</translation>
    </message>
    <message>
        <source>Three in a row were wrong.</source>
        <translation>Drei hintereinander waren falsch.</translation>
    </message>
    <message>
        <source>Take it out, plug it in again, and be certain of the PIN.</source>
        <translation>Ziehen Sie ihn heraus, stecken Sie ihn wieder ein und seien Sie sich der PIN sicher.</translation>
    </message>
    <message>
        <source>The key&apos;s PIN is blocked</source>
        <translation>Die PIN des Schlüssels ist gesperrt</translation>
    </message>
    <message>
        <source>All tries are used up; only erasing it helps.</source>
        <translation>Alle Versuche sind aufgebraucht; nur Löschen hilft.</translation>
    </message>
    <message>
        <source>Use your second key and tell IT.</source>
        <translation>Verwenden Sie Ihren zweiten Schlüssel und informieren Sie die IT.</translation>
    </message>
    <message>
        <source>That cannot be the PIN</source>
        <translation>Das kann nicht die PIN sein</translation>
    </message>
    <message>
        <source>A PIN has 4 to 63 characters. Nothing was tried.</source>
        <translation>Eine PIN hat 4 bis 63 Zeichen. Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>Type it again.</source>
        <translation>Geben Sie sie noch einmal ein.</translation>
    </message>
    <message>
        <source>No touch</source>
        <translation>Keine Berührung</translation>
    </message>
    <message>
        <source>The key waited and was not touched.</source>
        <translation>Der Schlüssel hat gewartet und wurde nicht berührt.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Refused at the key</source>
        <translation>Am Schlüssel abgelehnt</translation>
    </message>
    <message>
        <source>Try again if you meant to.</source>
        <translation>Versuchen Sie es noch einmal, wenn Sie es wollten.</translation>
    </message>
    <message>
        <source>The key is in use</source>
        <translation>Der Schlüssel wird benutzt</translation>
    </message>
    <message>
        <source>Another program is using it.</source>
        <translation>Ein anderes Programm benutzt ihn.</translation>
    </message>
    <message>
        <source>Close that program or wait, then try again.</source>
        <translation>Schließen Sie das Programm oder warten Sie und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The key may not be opened</source>
        <translation>Der Schlüssel darf nicht geöffnet werden</translation>
    </message>
    <message>
        <source>This system does not let you use it.</source>
        <translation>Dieses System lässt Sie ihn nicht benutzen.</translation>
    </message>
    <message>
        <source>Ask IT to install the rules for security keys.</source>
        <translation>Bitten Sie die IT, die Regeln für Sicherheitsschlüssel zu installieren.</translation>
    </message>
    <message>
        <source>This key cannot do it</source>
        <translation>Dieser Schlüssel kann es nicht</translation>
    </message>
    <message>
        <source>It is too old, or knows no PIN.</source>
        <translation>Er ist zu alt oder kennt keine PIN.</translation>
    </message>
    <message>
        <source>Use another key.</source>
        <translation>Verwenden Sie einen anderen Schlüssel.</translation>
    </message>
    <message>
        <source>The key did not check you</source>
        <translation>Der Schlüssel hat Sie nicht geprüft</translation>
    </message>
    <message>
        <source>It answered without PIN, or for somebody else.</source>
        <translation>Er hat ohne PIN oder für jemand anderen geantwortet.</translation>
    </message>
    <message>
        <source>Use another key and tell IT.</source>
        <translation>Verwenden Sie einen anderen Schlüssel und informieren Sie die IT.</translation>
    </message>
    <message>
        <source>The key answered nonsense</source>
        <translation>Der Schlüssel hat Unsinn geantwortet</translation>
    </message>
    <message>
        <source>It may be broken, or was moved in its socket.</source>
        <translation>Er ist vielleicht defekt oder wurde in der Buchse bewegt.</translation>
    </message>
    <message>
        <source>Take it out, plug it in again, then try again.</source>
        <translation>Ziehen Sie ihn heraus, stecken Sie ihn wieder ein und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>An internal error</source>
        <translation>Ein interner Fehler</translation>
    </message>
    <message>
        <source>This is a defect of the desk. Nothing was signed.</source>
        <translation>Das ist ein Fehler des Desks. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Report it with the text below.</source>
        <translation>Melden Sie ihn mit dem Text unten.</translation>
    </message>
    <message>
        <source>Several keys are plugged in. Touch the one you want to use.</source>
        <translation>Mehrere Schlüssel stecken. Berühren Sie den, den Sie verwenden wollen.</translation>
    </message>
    <message>
        <source>Looking for your security key…</source>
        <translation>Ihr Sicherheitsschlüssel wird gesucht…</translation>
    </message>
    <message>
        <source>Enter the PIN of %1.</source>
        <translation>Geben Sie die PIN von %1 ein.</translation>
    </message>
    <message>
        <source>Touch %1 now.</source>
        <translation>Berühren Sie jetzt %1.</translation>
    </message>
    <message>
        <source>The PIN is with %1…</source>
        <translation>Die PIN ist bei %1…</translation>
    </message>
    <message>
        <source>Asking to arm</source>
        <translation>Scharfschalten angefragt</translation>
    </message>
    <message>
        <source>Touch your security key</source>
        <translation>Berühren Sie Ihren Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>The touch is being checked</source>
        <translation>Die Berührung wird geprüft</translation>
    </message>
    <message>
        <source>ARMED</source>
        <translation>SCHARF</translation>
    </message>
    <message>
        <source>Not armed</source>
        <translation>Nicht scharf</translation>
    </message>
    <message>
        <source>No longer armed</source>
        <translation>Nicht mehr scharf</translation>
    </message>
    <message>
        <source>BUY up to %1 at %2 or lower</source>
        <translation>KAUF bis %1 zu %2 oder niedriger</translation>
    </message>
    <message>
        <source>SELL up to %1 at %2 or higher</source>
        <translation>VERKAUF bis %1 zu %2 oder höher</translation>
    </message>
    <message>
        <source>%1: %2, value %3, dealers %4</source>
        <translation>%1: %2, Valuta %3, Händler %4</translation>
    </message>
    <message>
        <source>Nothing can be dealt there until you have touched your security key.</source>
        <translation>Dort kann nichts gehandelt werden, bis Sie Ihren Sicherheitsschlüssel berührt haben.</translation>
    </message>
    <message>
        <source>Nothing can be dealt there until the access policy has decided.</source>
        <translation>Dort kann nichts gehandelt werden, bis die Zugangsregeln entschieden haben.</translation>
    </message>
    <message>
        <source>Looking only: nothing can be dealt there. The access panel says why.</source>
        <translation>Nur ansehen: Dort kann nichts gehandelt werden. Das Feld „Zugang“ sagt, warum.</translation>
    </message>
    <message>
        <source>Denied: nothing can be dealt there. The access panel says why.</source>
        <translation>Abgelehnt: Dort kann nichts gehandelt werden. Das Feld „Zugang“ sagt, warum.</translation>
    </message>
    <message>
        <source>Denied: nothing can be dealt there. The access panel says why. Reference for the help desk: %1</source>
        <translation>Abgelehnt: Dort kann nichts gehandelt werden. Das Feld „Zugang“ sagt, warum. Referenz für den Support: %1</translation>
    </message>
    <message>
        <source>The key wants another PIN</source>
        <translation>Der Schlüssel will eine andere PIN</translation>
    </message>
    <message>
        <source>Whoever set it up has arranged that you choose your own. Nothing was tried.</source>
        <translation>Wer ihn eingerichtet hat, hat vorgesehen, dass Sie eine eigene wählen. Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>Change its PIN, then try again.</source>
        <translation>Ändern Sie seine PIN und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The key wants to begin anew</source>
        <translation>Der Schlüssel will von vorn beginnen</translation>
    </message>
    <message>
        <source>It has ended what was begun, or did not recognise your finger. Nothing was signed.</source>
        <translation>Er hat das Begonnene beendet oder Ihren Finger nicht erkannt. Es wurde nichts unterschrieben.</translation>
    </message>
    <message>
        <source>Try again, with its PIN.</source>
        <translation>Versuchen Sie es noch einmal, mit seiner PIN.</translation>
    </message>
</context>
<context>
    <name>ui::AlertBanner</name>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Show the next one</source>
        <translation>Das nächste zeigen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>ui::ApprovalText</name>
    <message>
        <source>This person may not be the second one</source>
        <translation>Diese Person darf nicht die zweite sein</translation>
    </message>
    <message>
        <source>It must be somebody else than you who is allowed to approve. Nothing was signed.</source>
        <translation>Es muss jemand anders sein als Sie, der zustimmen darf. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Choose somebody else; the technical detail says why.</source>
        <translation>Wählen Sie jemand anders; die technische Einzelheit sagt, warum.</translation>
    </message>
    <message>
        <source>No second token</source>
        <translation>Kein zweites Token</translation>
    </message>
    <message>
        <source>No certificate of another person is plugged in.</source>
        <translation>Kein Zertifikat einer anderen Person ist eingesteckt.</translation>
    </message>
    <message>
        <source>Ask the second person to plug in their token, then look again.</source>
        <translation>Bitten Sie die zweite Person, ihr Token einzustecken, und suchen Sie erneut.</translation>
    </message>
    <message>
        <source>The second person&apos;s token is gone</source>
        <translation>Das Token der zweiten Person ist fort</translation>
    </message>
    <message>
        <source>Their certificate or its private key is no longer plugged in. Nothing was signed.</source>
        <translation>Ihr Zertifikat oder dessen privater Schlüssel ist nicht mehr eingesteckt. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Plug it in again, then look again.</source>
        <translation>Stecken Sie es wieder ein und suchen Sie erneut.</translation>
    </message>
    <message>
        <source>The second person&apos;s token answered with an error</source>
        <translation>Das Token der zweiten Person antwortete mit einem Fehler</translation>
    </message>
    <message>
        <source>Nothing was signed.</source>
        <translation>Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Unplug it, plug it in again, then look again.</source>
        <translation>Ziehen Sie es ab, stecken Sie es wieder ein und suchen Sie erneut.</translation>
    </message>
    <message>
        <source>Wrong PIN</source>
        <translation>Falsche PIN</translation>
    </message>
    <message>
        <source>The second person&apos;s token did not accept it. Nothing was signed.</source>
        <translation>Das Token der zweiten Person nahm sie nicht an. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Type it again, slowly.</source>
        <translation>Geben Sie sie langsam erneut ein.</translation>
    </message>
    <message>
        <source>One try is left</source>
        <translation>Ein Versuch bleibt</translation>
    </message>
    <message>
        <source>A wrong PIN now blocks the second person&apos;s token. Nothing was tried.</source>
        <translation>Eine falsche PIN sperrt jetzt das Token der zweiten Person. Nichts wurde versucht.</translation>
    </message>
    <message>
        <source>Confirm the last try, or choose another person.</source>
        <translation>Bestätigen Sie den letzten Versuch oder wählen Sie eine andere Person.</translation>
    </message>
    <message>
        <source>The PIN is blocked</source>
        <translation>Die PIN ist gesperrt</translation>
    </message>
    <message>
        <source>The second person&apos;s token refuses to work.</source>
        <translation>Das Token der zweiten Person verweigert den Dienst.</translation>
    </message>
    <message>
        <source>Ask IT to unblock it, or choose another person.</source>
        <translation>Bitten Sie die IT, es zu entsperren, oder wählen Sie eine andere Person.</translation>
    </message>
    <message>
        <source>That cannot be the PIN</source>
        <translation>Das kann nicht die PIN sein</translation>
    </message>
    <message>
        <source>The token takes no PIN of this length. Nothing was tried.</source>
        <translation>Das Token nimmt keine PIN dieser Länge. Nichts wurde versucht.</translation>
    </message>
    <message>
        <source>The second person&apos;s certificate is not valid today</source>
        <translation>Das Zertifikat der zweiten Person gilt heute nicht</translation>
    </message>
    <message>
        <source>It has expired or is not valid yet. Nothing was signed.</source>
        <translation>Es ist abgelaufen oder gilt noch nicht. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Choose another person, or ask IT for a renewed certificate.</source>
        <translation>Wählen Sie eine andere Person oder bitten Sie die IT um ein erneuertes Zertifikat.</translation>
    </message>
    <message>
        <source>The second person&apos;s certificate is not trusted</source>
        <translation>Dem Zertifikat der zweiten Person wird nicht vertraut</translation>
    </message>
    <message>
        <source>The authority for approvers did not issue it. Nothing was signed.</source>
        <translation>Die Stelle für Zustimmende hat es nicht ausgestellt. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Choose another person, or ask IT.</source>
        <translation>Wählen Sie eine andere Person oder fragen Sie die IT.</translation>
    </message>
    <message>
        <source>The second person&apos;s certificate is not made for this</source>
        <translation>Das Zertifikat der zweiten Person ist nicht dafür gemacht</translation>
    </message>
    <message>
        <source>Its key usage does not allow a person to sign with it. Nothing was signed.</source>
        <translation>Seine Schlüsselverwendung erlaubt einer Person nicht, damit zu unterschreiben. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>The second person&apos;s certificate was revoked</source>
        <translation>Das Zertifikat der zweiten Person wurde widerrufen</translation>
    </message>
    <message>
        <source>Its issuer has withdrawn it. Nothing was signed.</source>
        <translation>Sein Aussteller hat es zurückgezogen. Nichts wurde unterschrieben.</translation>
    </message>
    <message>
        <source>Choose another person.</source>
        <translation>Wählen Sie eine andere Person.</translation>
    </message>
    <message>
        <source>Nobody can approve as the desk is configured</source>
        <translation>So wie der Arbeitsplatz eingerichtet ist, kann niemand zustimmen</translation>
    </message>
    <message>
        <source>The configuration of who may approve has an error.</source>
        <translation>Die Einstellung, wer zustimmen darf, enthält einen Fehler.</translation>
    </message>
    <message>
        <source>Ask IT; the technical detail names the place.</source>
        <translation>Fragen Sie die IT; die technische Einzelheit nennt die Stelle.</translation>
    </message>
    <message>
        <source>Signed, but not put into effect</source>
        <translation>Unterschrieben, aber nicht wirksam geworden</translation>
    </message>
    <message>
        <source>The second person signed, and the desk could not act on it (%1).</source>
        <translation>Die zweite Person hat unterschrieben, doch der Arbeitsplatz konnte nicht danach handeln (%1).</translation>
    </message>
    <message>
        <source>Look at the deal again; the technical detail says why.</source>
        <translation>Sehen Sie sich das Geschäft noch einmal an; die technische Einzelheit sagt, warum.</translation>
    </message>
    <message>
        <source>Nobody can say whether the second person&apos;s certificate still holds</source>
        <translation>Niemand kann sagen, ob das Zertifikat der zweiten Person noch gilt</translation>
    </message>
    <message>
        <source>The list of revoked certificates is missing or out of date. Nothing was signed.</source>
        <translation>Die Sperrliste fehlt oder ist veraltet. Es wurde nichts unterschrieben.</translation>
    </message>
    <message>
        <source>Ask IT to renew the list.</source>
        <translation>Bitten Sie die IT, die Liste zu erneuern.</translation>
    </message>
</context>
<context>
    <name>ui::ArmControl</name>
    <message>
        <source>Arm with touch</source>
        <translation>Scharfschalten</translation>
    </message>
    <message>
        <source>Disarm</source>
        <translation>Entschärfen</translation>
    </message>
    <message>
        <source>How long the ticket is armed</source>
        <translation>Wie lange das Ticket scharf ist</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>One touch on your security key now; then deals within this amount, limit and panel need none</source>
        <translation>Jetzt eine Berührung Ihres Sicherheitsschlüssels; dann brauchen Geschäfte innerhalb dieses Betrags, Limits und Händlerkreises keine</translation>
    </message>
    <message>
        <source>Deal without another touch</source>
        <translation>Handeln ohne weitere Berührung</translation>
    </message>
    <message numerus="yes">
        <source>%1 left · %2 %3 · %n deals</source>
        <translation>
            <numerusform>noch %1 · %2 %3 · %n Geschäft</numerusform>
            <numerusform>noch %1 · %2 %3 · %n Geschäfte</numerusform>
        </translation>
    </message>
    <message>
        <source>Reference %1.</source>
        <translation>Referenz %1.</translation>
    </message>
    <message>
        <source>Type a limit: the worst price at which you want to deal.</source>
        <translation>Geben Sie ein Limit ein: den schlechtesten Preis, zu dem Sie handeln wollen.</translation>
    </message>
    <message>
        <source>Choose dealers of one session: a ticket is armed at one counterparty.</source>
        <translation>Wählen Sie Händler einer Sitzung: Ein Ticket wird bei einer Gegenpartei scharfgeschaltet.</translation>
    </message>
    <message>
        <source>None of the chosen dealers asks for a touch.</source>
        <translation>Keiner der gewählten Händler verlangt eine Berührung.</translation>
    </message>
    <message>
        <source>Used up: what it allowed was dealt or tried. Arm it again to go on.</source>
        <translation>Aufgebraucht: Was es erlaubte, wurde gehandelt oder versucht. Schalten Sie es wieder scharf, um weiterzumachen.</translation>
    </message>
</context>
<context>
    <name>ui::BlotterPanel</name>
    <message>
        <source>Filter (Ctrl+F)</source>
        <translation>Filter (Strg+F)</translation>
    </message>
    <message>
        <source>Filter the table</source>
        <translation>Tabelle filtern</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>CSV ausgeben</translation>
    </message>
    <message>
        <source>Saves the rows that are shown</source>
        <translation>Speichert die gezeigten Zeilen</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>No requests yet. They appear here and stay after a restart.</source>
        <translation>Noch keine Anfragen. Sie erscheinen hier und bleiben nach einem Neustart.</translation>
    </message>
    <message>
        <source>Trades</source>
        <translation>Abschlüsse</translation>
    </message>
    <message>
        <source>No trades yet. A deal appears here once the dealer confirms it.</source>
        <translation>Noch keine Abschlüsse. Ein Geschäft erscheint hier, sobald der Händler es bestätigt.</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Ungewiss</translation>
    </message>
    <message>
        <source>Every outcome is known. Nothing to do.</source>
        <translation>Jeder Ausgang ist bekannt. Nichts zu tun.</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>No incidents. What must not happen has not happened.</source>
        <translation>Keine Vorfälle. Was nicht geschehen darf, ist nicht geschehen.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Sessions appear here when you sign in.</source>
        <translation>Sitzungen erscheinen hier, sobald Sie sich anmelden.</translation>
    </message>
    <message>
        <source>Unknown (%1)</source>
        <translation>Ungewiss (%1)</translation>
    </message>
    <message>
        <source>Incidents (%1)</source>
        <translation>Vorfälle (%1)</translation>
    </message>
</context>
<context>
    <name>ui::CardWords</name>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>%1, serial %2</source>
        <translation>%1, Seriennummer %2</translation>
    </message>
    <message>
        <source>✕ The PIN is blocked</source>
        <translation>✕ Die PIN ist gesperrt</translation>
    </message>
    <message>
        <source>▲ One try is left: a wrong PIN blocks it</source>
        <translation>▲ Noch ein Versuch: Eine falsche PIN sperrt sie</translation>
    </message>
    <message numerus="yes">
        <source>%n tries left</source>
        <translation>
            <numerusform>noch %n Versuch</numerusform>
            <numerusform>noch %n Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN: verified</source>
        <translation>PIN: geprüft</translation>
    </message>
    <message>
        <source>PIN: the card does not tell how many tries are left</source>
        <translation>PIN: Die Karte sagt nicht, wie viele Versuche bleiben</translation>
    </message>
    <message>
        <source>PIN: %1</source>
        <translation>PIN: %1</translation>
    </message>
    <message>
        <source>✓ You are signed in with this card</source>
        <translation>✓ Sie sind mit dieser Karte angemeldet</translation>
    </message>
    <message>
        <source>Unblock the PIN first. You need the card&apos;s PUK, which IT keeps.</source>
        <translation>Entsperren Sie zuerst die PIN. Dazu brauchen Sie die PUK der Karte; die IT verwahrt sie.</translation>
    </message>
    <message>
        <source>No certificate, and not a PIV card as far as can be seen. Another program may be using it.</source>
        <translation>Kein Zertifikat und, soweit erkennbar, keine PIV-Karte. Vielleicht benutzt sie ein anderes Programm.</translation>
    </message>
    <message>
        <source>No certificate yet. Change the PIN that the factory or IT has set, then make a certificate.</source>
        <translation>Noch kein Zertifikat. Ändern Sie die PIN, die der Hersteller oder die IT gesetzt hat, und erstellen Sie dann ein Zertifikat.</translation>
    </message>
    <message>
        <source>None of its certificates is the one that this desk is configured for.</source>
        <translation>Keines der Zertifikate ist das, für das dieser Arbeitsplatz eingerichtet ist.</translation>
    </message>
    <message>
        <source>Its certificate has ended. Make a new one.</source>
        <translation>Das Zertifikat ist abgelaufen. Erstellen Sie ein neues.</translation>
    </message>
    <message>
        <source>✓ Ready to sign in as %1</source>
        <translation>✓ Bereit zur Anmeldung als %1</translation>
    </message>
    <message>
        <source>valid until %1 UTC</source>
        <translation>gültig bis %1 UTC</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1
issued by %2
%3</source>
        <translation>%1
ausgestellt von %2
%3</translation>
    </message>
    <message>
        <source>Security key</source>
        <translation>Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>%1, firmware %2</source>
        <translation>%1, Firmware %2</translation>
    </message>
    <message>
        <source>It does not say what it is. Pull it out and plug it in again.</source>
        <translation>Er sagt nicht, was er ist. Ziehen Sie ihn ab und stecken Sie ihn wieder ein.</translation>
    </message>
    <message>
        <source>It knows no PIN and cannot be used here. Ask IT for another key.</source>
        <translation>Er kennt keine PIN und ist hier nicht verwendbar. Bitten Sie die IT um einen anderen.</translation>
    </message>
    <message>
        <source>▲ No PIN yet: set one first</source>
        <translation>▲ Noch keine PIN: Setzen Sie zuerst eine</translation>
    </message>
    <message>
        <source>✕ The PIN is blocked. Only a reset helps, which erases the key: tell IT.</source>
        <translation>✕ Die PIN ist gesperrt. Nur Zurücksetzen hilft, und das löscht den Schlüssel: Sagen Sie es der IT.</translation>
    </message>
    <message>
        <source>✓ PIN set</source>
        <translation>✓ PIN gesetzt</translation>
    </message>
    <message>
        <source>✓ PIN set, %1</source>
        <translation>✓ PIN gesetzt, %1</translation>
    </message>
    <message>
        <source>That cannot be used</source>
        <translation>Das ist nicht verwendbar</translation>
    </message>
    <message>
        <source>Nothing was tried.</source>
        <translation>Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>Read the technical detail, correct it and try again.</source>
        <translation>Lesen Sie die technischen Einzelheiten, berichtigen Sie es und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The management key is not this card&apos;s</source>
        <translation>Das ist nicht der Verwaltungsschlüssel dieser Karte</translation>
    </message>
    <message>
        <source>The card lets nobody make keys or write certificates without it.</source>
        <translation>Ohne ihn lässt die Karte niemanden Schlüssel erzeugen oder Zertifikate schreiben.</translation>
    </message>
    <message>
        <source>Ask IT for the management key, and enter it here.</source>
        <translation>Fragen Sie die IT nach dem Verwaltungsschlüssel und geben Sie ihn hier ein.</translation>
    </message>
    <message>
        <source>The card, its key and the certificate do not belong together</source>
        <translation>Karte, Schlüssel und Zertifikat gehören nicht zusammen</translation>
    </message>
    <message>
        <source>Another card is in the reader, the certificate is for another key, or the card shows no private key. Nothing was changed.</source>
        <translation>Eine andere Karte steckt im Leser, das Zertifikat gehört zu einem anderen Schlüssel, oder die Karte zeigt keinen privaten Schlüssel. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Look at the technical detail, and choose the right card and file.</source>
        <translation>Sehen Sie in die technischen Einzelheiten und wählen Sie die richtige Karte und Datei.</translation>
    </message>
    <message>
        <source>Something is there already</source>
        <translation>Dort ist schon etwas</translation>
    </message>
    <message>
        <source>It was left as it is.</source>
        <translation>Es wurde gelassen, wie es ist.</translation>
    </message>
    <message>
        <source>Read the technical detail.</source>
        <translation>Lesen Sie die technischen Einzelheiten.</translation>
    </message>
    <message>
        <source>The certificate is not valid today</source>
        <translation>Das Zertifikat gilt heute nicht</translation>
    </message>
    <message>
        <source>It has ended or has not begun yet.</source>
        <translation>Es ist abgelaufen oder gilt noch nicht.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date, or ask IT for a new certificate.</source>
        <translation>Prüfen Sie das Datum dieses Rechners, oder bitten Sie die IT um ein neues Zertifikat.</translation>
    </message>
    <message>
        <source>This is not of the firm&apos;s authority</source>
        <translation>Das ist nicht von der Zertifizierungsstelle der Firma</translation>
    </message>
    <message>
        <source>The certificate or the answer was not issued by the configured authority, or the secret is wrong. The card was not changed.</source>
        <translation>Zertifikat oder Antwort stammen nicht von der eingerichteten Zertifizierungsstelle, oder das Geheimnis ist falsch. Die Karte wurde nicht geändert.</translation>
    </message>
    <message>
        <source>Compare reference, secret and file with what IT gave you. Do not work around this.</source>
        <translation>Vergleichen Sie Referenz, Geheimnis und Datei mit dem, was die IT Ihnen gegeben hat. Umgehen Sie das nicht.</translation>
    </message>
    <message>
        <source>This certificate is not for signing in</source>
        <translation>Dieses Zertifikat ist nicht zum Anmelden</translation>
    </message>
    <message>
        <source>It is an authority&apos;s or a server&apos;s. The card was not changed.</source>
        <translation>Es ist das einer Zertifizierungsstelle oder eines Servers. Die Karte wurde nicht geändert.</translation>
    </message>
    <message>
        <source>Ask IT for one for client authentication.</source>
        <translation>Bitten Sie die IT um eines zur Client-Authentifizierung.</translation>
    </message>
    <message>
        <source>The authority said no</source>
        <translation>Die Zertifizierungsstelle hat abgelehnt</translation>
    </message>
    <message>
        <source>No certificate was issued.</source>
        <translation>Es wurde kein Zertifikat ausgestellt.</translation>
    </message>
    <message>
        <source>Read its words in the technical detail, and ask IT.</source>
        <translation>Ihre Worte stehen in den technischen Einzelheiten; fragen Sie die IT.</translation>
    </message>
    <message>
        <source>The authority was not reached</source>
        <translation>Die Zertifizierungsstelle wurde nicht erreicht</translation>
    </message>
    <message>
        <source>The key on the card is kept.</source>
        <translation>Der Schlüssel auf der Karte bleibt.</translation>
    </message>
    <message>
        <source>Check the network and try again.</source>
        <translation>Prüfen Sie das Netz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This card cannot do that here</source>
        <translation>Das kann diese Karte hier nicht</translation>
    </message>
    <message>
        <source>Its maker&apos;s tool, or IT, has to do it.</source>
        <translation>Das Werkzeug des Herstellers oder die IT muss es tun.</translation>
    </message>
    <message>
        <source>The file cannot be used</source>
        <translation>Die Datei ist nicht verwendbar</translation>
    </message>
    <message>
        <source>It cannot be read or written.</source>
        <translation>Sie lässt sich nicht lesen oder schreiben.</translation>
    </message>
    <message>
        <source>Choose another file or folder.</source>
        <translation>Wählen Sie eine andere Datei oder einen anderen Ordner.</translation>
    </message>
    <message>
        <source>▲ What stands there as its certificate is damaged. Put the certificate on the card again.</source>
        <translation>▲ Was dort als Zertifikat steht, ist beschädigt. Bringen Sie das Zertifikat noch einmal auf die Karte.</translation>
    </message>
    <message>
        <source>▲ Its certificate is compressed, and the configured driver does not read that. Ask IT for OpenSC&apos;s driver, or put the certificate on the card again.</source>
        <translation>▲ Ihr Zertifikat ist komprimiert, und der eingestellte Treiber liest das nicht. Bitten Sie die IT um den Treiber von OpenSC, oder bringen Sie das Zertifikat noch einmal auf die Karte.</translation>
    </message>
    <message>
        <source>▲ There is a certificate on it, but the configured driver knows cards of one maker only. Ask IT for OpenSC&apos;s driver.</source>
        <translation>▲ Auf ihr ist ein Zertifikat, aber der eingestellte Treiber kennt nur Karten eines Herstellers. Bitten Sie die IT um den Treiber von OpenSC.</translation>
    </message>
    <message>
        <source>▲ There is a certificate on it, which the driver does not show yet. Look again, or take the card out and put it in again.</source>
        <translation>▲ Auf ihr ist ein Zertifikat, das der Treiber noch nicht zeigt. Suchen Sie noch einmal, oder nehmen Sie die Karte heraus und stecken Sie sie wieder ein.</translation>
    </message>
    <message>
        <source>▲ PIN: still the factory&apos;s, which everybody knows. Change it.</source>
        <translation>▲ PIN: noch die des Herstellers, die jeder kennt. Ändern Sie sie.</translation>
    </message>
</context>
<context>
    <name>ui::CardsPanel</name>
    <message>
        <source>REQUESTS</source>
        <translation>ANFRAGEN</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Show requests: %1</source>
        <translation>Anfragen zeigen: %1</translation>
    </message>
    <message>
        <source>No price to %1 on the selected card.</source>
        <translation>Kein Preis für %1 auf der gewählten Karte.</translation>
    </message>
    <message>
        <source>Select a card first.</source>
        <translation>Wählen Sie zuerst eine Karte.</translation>
    </message>
    <message>
        <source>No requests yet.
Fill in the ticket and press Ctrl+Return to ask for prices.</source>
        <translation>Noch keine Anfragen.
Füllen Sie das Ticket aus und fragen Sie mit Strg+Eingabe Preise an.</translation>
    </message>
    <message>
        <source>Nothing to show here.
Choose All to see every request of this sitting.</source>
        <translation>Hier gibt es nichts zu zeigen.
Unter Alle stehen sämtliche Anfragen dieser Sitzung.</translation>
    </message>
</context>
<context>
    <name>ui::CertificateExpiry</name>
    <message>
        <source>has ended</source>
        <translation>ist abgelaufen</translation>
    </message>
    <message>
        <source>ends in %1 days</source>
        <translation>endet in %1 Tagen</translation>
    </message>
    <message>
        <source>ends in %1 hours</source>
        <translation>endet in %1 Stunden</translation>
    </message>
    <message>
        <source>ends in less than 2 hours</source>
        <translation>endet in weniger als 2 Stunden</translation>
    </message>
    <message>
        <source>Your certificate %1.</source>
        <translation>Ihr Zertifikat %1.</translation>
    </message>
    <message>
        <source>Ask IT to renew it.</source>
        <translation>Bitten Sie die IT, es zu erneuern.</translation>
    </message>
    <message>
        <source>Then you cannot sign in. Ask IT to renew it now.</source>
        <translation>Danach können Sie sich nicht anmelden. Bitten Sie die IT, es jetzt zu erneuern.</translation>
    </message>
    <message>
        <source>Then you cannot sign in. Call IT now.</source>
        <translation>Danach können Sie sich nicht anmelden. Rufen Sie jetzt die IT an.</translation>
    </message>
    <message>
        <source>A session that breaks off does not come back. Call IT now.</source>
        <translation>Eine Sitzung, die abbricht, kommt nicht wieder. Rufen Sie jetzt die IT an.</translation>
    </message>
</context>
<context>
    <name>ui::CertificateWizard</name>
    <message>
        <source>Certificate for a card</source>
        <translation>Zertifikat für eine Karte</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Use the last try. If it is wrong, the card blocks.</source>
        <translation>Den letzten Versuch nutzen. Ist er falsch, sperrt die Karte.</translation>
    </message>
    <message>
        <source>The card still has its factory&apos;s management key</source>
        <translation>Die Karte hat noch den Verwaltungsschlüssel des Herstellers</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Renew the certificate at the authority</source>
        <translation>Zertifikat bei der Zertifizierungsstelle erneuern</translation>
    </message>
    <message>
        <source>First certificate from the authority, with a reference and a secret</source>
        <translation>Erstes Zertifikat von der Zertifizierungsstelle, mit Referenz und Geheimnis</translation>
    </message>
    <message>
        <source>Make a request for IT, as a file</source>
        <translation>Antrag für die IT erstellen, als Datei</translation>
    </message>
    <message>
        <source>Put a certificate from IT on the card, from a file</source>
        <translation>Zertifikat der IT auf die Karte bringen, aus einer Datei</translation>
    </message>
    <message>
        <source>EC P-256 (recommended)</source>
        <translation>EC P-256 (empfohlen)</translation>
    </message>
    <message>
        <source>Name, as IT has told you</source>
        <translation>Name, wie die IT ihn genannt hat</translation>
    </message>
    <message>
        <source>Key, if one has to be made</source>
        <translation>Schlüssel, falls einer erzeugt werden muss</translation>
    </message>
    <message>
        <source>Reference from the authority</source>
        <translation>Referenz der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Secret from the authority</source>
        <translation>Geheimnis der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>PIN of the card</source>
        <translation>PIN der Karte</translation>
    </message>
    <message>
        <source>✓ The request is signed by the key on the card.</source>
        <translation>✓ Der Antrag ist vom Schlüssel auf der Karte unterschrieben.</translation>
    </message>
    <message>
        <source>Send the file to IT. When they send the certificate back, open this window again and put it on the card. The key stays on the card until then.</source>
        <translation>Schicken Sie die Datei der IT. Wenn das Zertifikat zurückkommt, öffnen Sie dieses Fenster wieder und bringen es auf die Karte. Bis dahin bleibt der Schlüssel auf der Karte.</translation>
    </message>
    <message>
        <source>✓ The certificate is on the card.</source>
        <translation>✓ Das Zertifikat ist auf der Karte.</translation>
    </message>
    <message>
        <source>SHA-256 %1
Where the desk&apos;s configuration names a fingerprint, IT changes it to this one.</source>
        <translation>SHA-256 %1
Wo die Konfiguration einen Fingerabdruck nennt, ändert ihn die IT auf diesen.</translation>
    </message>
    <message>
        <source>Working with the card. Leave it in, and touch it if it blinks. Making a key can take a minute.</source>
        <translation>Die Karte arbeitet. Lassen Sie sie stecken, und berühren Sie sie, wenn sie blinkt. Einen Schlüssel zu erzeugen kann eine Minute dauern.</translation>
    </message>
    <message>
        <source>The PIN is blocked. Unblock it with the PUK first.</source>
        <translation>Die PIN ist gesperrt. Entsperren Sie sie zuerst mit der PUK.</translation>
    </message>
    <message>
        <source>You are signed in with this card. This ends the sign-in; afterwards you sign in again.</source>
        <translation>Sie sind mit dieser Karte angemeldet. Das beendet die Anmeldung; danach melden Sie sich wieder an.</translation>
    </message>
    <message>
        <source>The key is made on the card and never leaves it.</source>
        <translation>Der Schlüssel entsteht auf der Karte und verlässt sie nie.</translation>
    </message>
    <message>
        <source>Save the request again…</source>
        <translation>Antrag noch einmal speichern…</translation>
    </message>
    <message>
        <source>Sign in with it</source>
        <translation>Damit anmelden</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>In Arbeit…</translation>
    </message>
    <message>
        <source>Make the request</source>
        <translation>Antrag erstellen</translation>
    </message>
    <message>
        <source>Put it on the card</source>
        <translation>Auf die Karte bringen</translation>
    </message>
    <message>
        <source>Ask for the certificate</source>
        <translation>Zertifikat beantragen</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>Put the new certificate in its place</source>
        <translation>Das neue Zertifikat an seine Stelle setzen</translation>
    </message>
    <message>
        <source>Make another key: the one on the card is gone for good</source>
        <translation>Einen anderen Schlüssel erzeugen: der auf der Karte ist dann für immer weg</translation>
    </message>
    <message>
        <source>Management key, in hexadecimal digits</source>
        <translation>Verwaltungsschlüssel, hexadezimale Ziffern</translation>
    </message>
    <message>
        <source>On the card now: %1</source>
        <translation>Jetzt auf der Karte: %1</translation>
    </message>
</context>
<context>
    <name>ui::ConsentDialog</name>
    <message>
        <source>Close an unknown outcome</source>
        <translation>Einen ungewissen Ausgang schließen</translation>
    </message>
    <message>
        <source>Allow one more deal</source>
        <translation>Ein weiteres Geschäft erlauben</translation>
    </message>
    <message>
        <source>Sign and close the outcome</source>
        <translation>Unterschreiben und schließen</translation>
    </message>
    <message>
        <source>Sign and allow one deal</source>
        <translation>Unterschreiben und eines erlauben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>This is what the second person signs</source>
        <translation>Das unterschreibt die zweite Person</translation>
    </message>
    <message>
        <source>What they say decides: you and a second person put it on record. A fill that comes later raises an incident.</source>
        <translation>Was er sagt, entscheidet: Sie und eine zweite Person halten es fest. Eine spätere Ausführung wird zum Vorfall.</translation>
    </message>
    <message>
        <source>The outcome of this deal is UNKNOWN. One more in the same direction could be the second one. You and a second person can let exactly one through.</source>
        <translation>Der Ausgang dieses Geschäfts ist UNGEWISS. Ein weiteres in dieser Richtung könnte das zweite sein. Sie und eine zweite Person können genau eines durchlassen.</translation>
    </message>
    <message>
        <source>What did the dealer say?</source>
        <translation>Was hat der Händler gesagt?</translation>
    </message>
    <message>
        <source>The deal was done: we TRADED</source>
        <translation>Das Geschäft gilt: wir haben GEHANDELT</translation>
    </message>
    <message>
        <source>No deal was done: we did NOT trade</source>
        <translation>Kein Geschäft: wir haben NICHT gehandelt</translation>
    </message>
    <message>
        <source>Who said it, and their trade or ticket id</source>
        <translation>Wer es sagte, und seine Abschluss- oder Ticketnummer</translation>
    </message>
    <message>
        <source>The counterparty&apos;s reference</source>
        <translation>Referenz der Gegenpartei</translation>
    </message>
    <message>
        <source>Why it is decided by hand</source>
        <translation>Warum es von Hand entschieden wird</translation>
    </message>
    <message>
        <source>Why one more deal is right</source>
        <translation>Warum ein weiteres Geschäft richtig ist</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>The outcome is known meanwhile: there is nothing left to decide.</source>
        <translation>Der Ausgang ist inzwischen bekannt: es gibt nichts mehr zu entscheiden.</translation>
    </message>
    <message>
        <source>Say what the dealer said.</source>
        <translation>Geben Sie an, was der Händler sagte.</translation>
    </message>
    <message>
        <source>Fill in the counterparty&apos;s reference.</source>
        <translation>Tragen Sie die Referenz der Gegenpartei ein.</translation>
    </message>
    <message>
        <source>Fill in the reason.</source>
        <translation>Tragen Sie den Grund ein.</translation>
    </message>
    <message>
        <source>The text appears here when everything is filled in.</source>
        <translation>Der Text erscheint hier, wenn alles ausgefüllt ist.</translation>
    </message>
    <message>
        <source>UNKNOWN: %1, clicked at %2 UTC</source>
        <translation>UNGEWISS: %1, geklickt um %2 UTC</translation>
    </message>
</context>
<context>
    <name>ui::DealButton</name>
    <message>
        <source>no price</source>
        <translation>kein Preis</translation>
    </message>
    <message>
        <source>%1 at %2 with %3</source>
        <translation>%1 zu %2 mit %3</translation>
    </message>
    <message>
        <source>%1 from %2, not a price to deal on</source>
        <translation>%1 von %2, kein handelbarer Preis</translation>
    </message>
</context>
<context>
    <name>ui::DealerChips</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Ask all dealers</source>
        <translation>Alle Händler anfragen</translation>
    </message>
    <message>
        <source>%1 cannot be asked: session %2 is down</source>
        <translation>%1 ist nicht erreichbar: Sitzung %2 steht nicht</translation>
    </message>
    <message>
        <source>Ask %1</source>
        <translation>%1 anfragen</translation>
    </message>
    <message>
        <source>%1, session down</source>
        <translation>%1, Sitzung steht nicht</translation>
    </message>
</context>
<context>
    <name>ui::Denial</name>
    <message>
        <source>It takes no sign-on from this session for a while. That happens after too many tries or requests in a short time. Your access score was not looked at.</source>
        <translation>Sie nimmt von dieser Sitzung eine Zeit lang keine Anmeldung an. Das geschieht nach zu vielen Versuchen oder Anfragen in kurzer Zeit. Ihre Punkte wurden nicht geprüft.</translation>
    </message>
    <message>
        <source>It refused the session before it looked at your access score. Nothing was connected. This desk&apos;s audit trail has the reason under the reference.</source>
        <translation>Die Sitzung wurde abgelehnt, bevor Ihre Punkte geprüft wurden. Es wurde nichts verbunden. Den Grund enthält das Prüfprotokoll dieses Desks unter der Referenz.</translation>
    </message>
    <message>
        <source>It refused the sign-on before it looked at your access score, and does not tell the reason over the line. The help desk finds it by the reference.</source>
        <translation>Sie hat die Anmeldung abgelehnt, bevor Ihre Punkte geprüft wurden, und nennt den Grund nicht über die Leitung. Der Support findet ihn unter der Referenz.</translation>
    </message>
    <message>
        <source>It refused the sign-on and gave no reason.</source>
        <translation>Sie hat die Anmeldung abgelehnt und keinen Grund genannt.</translation>
    </message>
    <message>
        <source>It refused the sign-on, in its own words: “%1”</source>
        <translation>Sie hat die Anmeldung abgelehnt, mit ihren Worten: „%1“</translation>
    </message>
    <message>
        <source>You need not do anything. Should it go on, call the help desk with the reference.</source>
        <translation>Sie müssen nichts tun. Hält es an, rufen Sie den Support mit der Referenz an.</translation>
    </message>
    <message>
        <source>Call the help desk with the reference: your card, certificate or workstation may be unknown, locked or withdrawn there. Once they have put it right, try again.</source>
        <translation>Rufen Sie den Support mit der Referenz an: Ihre Karte, Ihr Zertifikat oder Ihr Arbeitsplatz ist dort vielleicht unbekannt, gesperrt oder widerrufen. Versuchen Sie es erneut, sobald es behoben ist.</translation>
    </message>
    <message>
        <source>Call the counterparty or IT. Once they have put it right, try again.</source>
        <translation>Rufen Sie die Gegenpartei oder die IT an. Versuchen Sie es erneut, sobald es behoben ist.</translation>
    </message>
    <message>
        <source>This desk&apos;s own access policy does not let you in at %1</source>
        <translation>Die eigenen Zugangsregeln dieses Desks lassen Sie bei %1 nicht ein</translation>
    </message>
    <message>
        <source>%1 does not let you in</source>
        <translation>%1 lässt Sie nicht ein</translation>
    </message>
    <message>
        <source>The desk is trying now…</source>
        <translation>Der Desk versucht es gerade…</translation>
    </message>
    <message>
        <source>The desk tries again by itself in %1.</source>
        <translation>Der Desk versucht es von selbst wieder in %1.</translation>
    </message>
    <message>
        <source>The desk does not try again by itself.</source>
        <translation>Der Desk versucht es nicht von selbst wieder.</translation>
    </message>
</context>
<context>
    <name>ui::DeniedDialog</name>
    <message>
        <source>Access denied</source>
        <translation>Zugang verweigert</translation>
    </message>
    <message>
        <source>Copy reference</source>
        <translation>Referenz kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
        <source>Reference for the help desk: %1</source>
        <translation>Referenz für den Support: %1</translation>
    </message>
</context>
<context>
    <name>ui::DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Raw text</source>
        <translation>Rohtext</translation>
    </message>
    <message>
        <source>Message, with | between fields</source>
        <translation>Nachricht, mit | zwischen den Feldern</translation>
    </message>
    <message>
        <source>Evidence, times in UTC</source>
        <translation>Nachweise, Zeiten in UTC</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ui::DockTitle</name>
    <message>
        <source>Drag to move, double-click to detach</source>
        <translation>Ziehen zum Verschieben, Doppelklick zum Ablösen</translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>That input cannot be used</source>
        <translation>Diese Eingabe ist nicht brauchbar</translation>
    </message>
    <message>
        <source>A value is missing or malformed.</source>
        <translation>Ein Wert fehlt oder ist fehlerhaft.</translation>
    </message>
    <message>
        <source>Correct the marked field.</source>
        <translation>Berichtigen Sie das markierte Feld.</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>The instrument, dealer or quote is not known here.</source>
        <translation>Das Instrument, der Händler oder der Quote ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>Wählen Sie aus der Liste.</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Keine Verbindung</translation>
    </message>
    <message>
        <source>The session to this dealer is not logged on.</source>
        <translation>Die Sitzung zu diesem Händler ist nicht angemeldet.</translation>
    </message>
    <message>
        <source>Choose another dealer or wait until the session is back.</source>
        <translation>Wählen Sie einen anderen Händler oder warten Sie, bis die Sitzung wieder steht.</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>Zu spät</translation>
    </message>
    <message>
        <source>The quote has reached its deadline. Nothing was sent.</source>
        <translation>Der Quote ist abgelaufen. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Deal on another quote or ask again.</source>
        <translation>Handeln Sie auf einen anderen Quote oder fragen Sie erneut an.</translation>
    </message>
    <message>
        <source>The price has just changed</source>
        <translation>Der Preis hat sich eben geändert</translation>
    </message>
    <message>
        <source>What was shown is no longer what the dealer offers. Nothing was sent.</source>
        <translation>Das Gezeigte bietet der Händler nicht mehr an. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Look at the new price, then deal.</source>
        <translation>Sehen Sie den neuen Preis an, dann handeln Sie.</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Nicht möglich</translation>
    </message>
    <message>
        <source>A rule of the desk does not allow this. Nothing was sent.</source>
        <translation>Eine Regel des Arbeitsplatzes lässt das nicht zu. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Read the reason below.</source>
        <translation>Lesen Sie den Grund darunter.</translation>
    </message>
    <message>
        <source>Over the limit</source>
        <translation>Über dem Limit</translation>
    </message>
    <message>
        <source>A pre-trade limit forbids this. Nothing was sent.</source>
        <translation>Ein Vorhandelslimit verbietet es. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Reduce the amount or ask for a higher limit.</source>
        <translation>Verringern Sie den Betrag oder bitten Sie um ein höheres Limit.</translation>
    </message>
    <message>
        <source>Already under way</source>
        <translation>Schon unterwegs</translation>
    </message>
    <message>
        <source>An acceptance on this request is in flight or has an unknown outcome.</source>
        <translation>Eine Annahme auf diese Anfrage ist unterwegs oder ihr Ausgang ist ungewiss.</translation>
    </message>
    <message>
        <source>Wait for its outcome before dealing again.</source>
        <translation>Warten Sie ihren Ausgang ab, bevor Sie erneut handeln.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>It was called off before it was done.</source>
        <translation>Es wurde abgebrochen, bevor es fertig war.</translation>
    </message>
    <message>
        <source>Start again when you are ready.</source>
        <translation>Beginnen Sie erneut, wenn Sie bereit sind.</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Keine Antwort in der Zeit</translation>
    </message>
    <message>
        <source>The other side did not answer.</source>
        <translation>Die Gegenseite hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>Check the connection, then try again.</source>
        <translation>Prüfen Sie die Verbindung, dann versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The token driver cannot be used</source>
        <translation>Der Token-Treiber ist nicht brauchbar</translation>
    </message>
    <message>
        <source>The PKCS#11 module is missing or not on the list of allowed modules.</source>
        <translation>Das PKCS#11-Modul fehlt oder steht nicht auf der Liste der erlaubten Module.</translation>
    </message>
    <message>
        <source>Ask IT to check the token section of the configuration.</source>
        <translation>Bitten Sie die IT, den Abschnitt token der Konfiguration zu prüfen.</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Kein Token</translation>
    </message>
    <message>
        <source>Your security token is not plugged in.</source>
        <translation>Ihr Sicherheitstoken ist nicht eingesteckt.</translation>
    </message>
    <message>
        <source>Plug it in, then look again.</source>
        <translation>Stecken Sie es ein und suchen Sie erneut.</translation>
    </message>
    <message>
        <source>The token answered with an error</source>
        <translation>Das Token meldet einen Fehler</translation>
    </message>
    <message>
        <source>The key could not be used.</source>
        <translation>Der Schlüssel war nicht benutzbar.</translation>
    </message>
    <message>
        <source>Unplug the token, plug it in again, then look again.</source>
        <translation>Ziehen Sie das Token ab, stecken Sie es wieder ein und suchen Sie erneut.</translation>
    </message>
    <message>
        <source>This is not the expected token</source>
        <translation>Dies ist nicht das erwartete Token</translation>
    </message>
    <message>
        <source>It holds no key and certificate of the configured identity.</source>
        <translation>Es trägt weder Schlüssel noch Zertifikat der eingerichteten Identität.</translation>
    </message>
    <message>
        <source>Wrong PIN</source>
        <translation>Falsche PIN</translation>
    </message>
    <message>
        <source>The token did not accept it.</source>
        <translation>Das Token hat sie nicht angenommen.</translation>
    </message>
    <message>
        <source>Type it again, slowly.</source>
        <translation>Geben Sie sie langsam erneut ein.</translation>
    </message>
    <message>
        <source>One try is left</source>
        <translation>Ein Versuch bleibt</translation>
    </message>
    <message>
        <source>A wrong PIN now blocks the token. Nothing was tried.</source>
        <translation>Eine falsche PIN sperrt jetzt das Token. Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>Confirm the last try, or ask IT to reset the PIN.</source>
        <translation>Bestätigen Sie den letzten Versuch oder bitten Sie die IT, die PIN zurückzusetzen.</translation>
    </message>
    <message>
        <source>The PIN is blocked</source>
        <translation>Die PIN ist gesperrt</translation>
    </message>
    <message>
        <source>Wrong PUK</source>
        <translation>Falsche PUK</translation>
    </message>
    <message>
        <source>The token did not accept it. The PIN is as it was.</source>
        <translation>Das Token hat sie nicht angenommen. Die PIN ist wie zuvor.</translation>
    </message>
    <message>
        <source>Type it again, slowly: when the PUK is blocked too, nothing unblocks the token.</source>
        <translation>Geben Sie sie noch einmal langsam ein: Ist auch die PUK gesperrt, lässt sich das Token nicht mehr entsperren.</translation>
    </message>
    <message>
        <source>The PUK is blocked</source>
        <translation>Die PUK ist gesperrt</translation>
    </message>
    <message>
        <source>Too many wrong PUKs. Nothing unblocks this token any more.</source>
        <translation>Zu viele falsche PUKs. Dieses Token lässt sich nicht mehr entsperren.</translation>
    </message>
    <message>
        <source>Ask IT for a new token.</source>
        <translation>Bitten Sie die IT um ein neues Token.</translation>
    </message>
    <message>
        <source>Too many wrong PINs. The token refuses to work.</source>
        <translation>Zu viele falsche PINs. Das Token verweigert den Dienst.</translation>
    </message>
    <message>
        <source>Ask IT to unblock it with the PUK or to issue a new token.</source>
        <translation>Bitten Sie die IT, es mit der PUK zu entsperren oder ein neues Token auszugeben.</translation>
    </message>
    <message>
        <source>The certificate is not valid today</source>
        <translation>Das Zertifikat gilt heute nicht</translation>
    </message>
    <message>
        <source>It has expired or is not valid yet.</source>
        <translation>Es ist abgelaufen oder noch nicht gültig.</translation>
    </message>
    <message>
        <source>Ask IT for a renewed certificate and check this computer&apos;s date.</source>
        <translation>Bitten Sie die IT um ein erneuertes Zertifikat und prüfen Sie das Datum dieses Rechners.</translation>
    </message>
    <message>
        <source>The counterparty cannot be trusted</source>
        <translation>Der Gegenpartei ist nicht zu trauen</translation>
    </message>
    <message>
        <source>Its certificate was not issued by the configured authority. No connection was made.</source>
        <translation>Ihr Zertifikat stammt nicht von der eingerichteten Stelle. Es wurde keine Verbindung aufgebaut.</translation>
    </message>
    <message>
        <source>Do not work around this. Ask IT to check with the counterparty.</source>
        <translation>Umgehen Sie das nicht. Bitten Sie die IT, es mit der Gegenpartei zu klären.</translation>
    </message>
    <message>
        <source>This is not the expected counterparty</source>
        <translation>Dies ist nicht die erwartete Gegenpartei</translation>
    </message>
    <message>
        <source>Its certificate carries another name. No connection was made.</source>
        <translation>Ihr Zertifikat trägt einen anderen Namen. Es wurde keine Verbindung aufgebaut.</translation>
    </message>
    <message>
        <source>Ask IT to check the address of this session.</source>
        <translation>Bitten Sie die IT, die Adresse dieser Sitzung zu prüfen.</translation>
    </message>
    <message>
        <source>The counterparty&apos;s certificate is not made for this</source>
        <translation>Das Zertifikat der Gegenpartei ist dafür nicht gemacht</translation>
    </message>
    <message>
        <source>Its key usage does not allow it to be a server. No connection was made.</source>
        <translation>Seine Schlüsselverwendung erlaubt keinen Server. Es wurde keine Verbindung aufgebaut.</translation>
    </message>
    <message>
        <source>Ask IT to check with the counterparty.</source>
        <translation>Bitten Sie die IT, es mit der Gegenpartei zu klären.</translation>
    </message>
    <message>
        <source>The certificate was revoked</source>
        <translation>Das Zertifikat wurde widerrufen</translation>
    </message>
    <message>
        <source>Its issuer has withdrawn it.</source>
        <translation>Der Aussteller hat es zurückgezogen.</translation>
    </message>
    <message>
        <source>The counterparty&apos;s certificate has changed</source>
        <translation>Das Zertifikat der Gegenpartei hat sich geändert</translation>
    </message>
    <message>
        <source>It is not one of those pinned for this session. No connection was made.</source>
        <translation>Es gehört nicht zu den für diese Sitzung festgelegten. Es wurde keine Verbindung aufgebaut.</translation>
    </message>
    <message>
        <source>Ask IT to confirm the new certificate with the counterparty.</source>
        <translation>Bitten Sie die IT, das neue Zertifikat mit der Gegenpartei zu bestätigen.</translation>
    </message>
    <message>
        <source>The counterparty refused your certificate</source>
        <translation>Die Gegenpartei hat Ihr Zertifikat abgelehnt</translation>
    </message>
    <message>
        <source>It does not accept the identity on your token.</source>
        <translation>Sie nimmt die Identität auf Ihrem Token nicht an.</translation>
    </message>
    <message>
        <source>Ask IT whether your certificate is registered there.</source>
        <translation>Fragen Sie die IT, ob Ihr Zertifikat dort eingetragen ist.</translation>
    </message>
    <message>
        <source>The other side does not speak TLS</source>
        <translation>Die Gegenseite spricht kein TLS</translation>
    </message>
    <message>
        <source>Nothing was sent over an open line.</source>
        <translation>Über eine offene Leitung wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Ask IT to check the address and port of this session.</source>
        <translation>Bitten Sie die IT, Adresse und Port dieser Sitzung zu prüfen.</translation>
    </message>
    <message>
        <source>No common TLS version</source>
        <translation>Keine gemeinsame TLS-Version</translation>
    </message>
    <message>
        <source>The other side only offers versions that are not safe.</source>
        <translation>Die Gegenseite bietet nur unsichere Versionen an.</translation>
    </message>
    <message>
        <source>The secure connection failed</source>
        <translation>Die sichere Verbindung ist gescheitert</translation>
    </message>
    <message>
        <source>The TLS handshake or the line broke off.</source>
        <translation>Der TLS-Handschlag oder die Leitung brach ab.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it stays, ask IT.</source>
        <translation>Es wird von selbst erneut versucht. Bleibt es dabei, fragen Sie die IT.</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>The line broke off. Quotes over it are stale.</source>
        <translation>Die Leitung brach ab. Ihre Quotes sind veraltet.</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>Nobody answers</source>
        <translation>Niemand antwortet</translation>
    </message>
    <message>
        <source>The counterparty cannot be reached at its address.</source>
        <translation>Die Gegenpartei ist unter ihrer Adresse nicht erreichbar.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it stays, check the network.</source>
        <translation>Es wird von selbst erneut versucht. Bleibt es dabei, prüfen Sie das Netz.</translation>
    </message>
    <message>
        <source>Logon refused</source>
        <translation>Anmeldung abgelehnt</translation>
    </message>
    <message>
        <source>The counterparty does not let this session in.</source>
        <translation>Die Gegenpartei lässt diese Sitzung nicht zu.</translation>
    </message>
    <message>
        <source>Message numbers do not match</source>
        <translation>Die Nachrichtennummern passen nicht</translation>
    </message>
    <message>
        <source>The counterparty and this desk disagree on what was sent.</source>
        <translation>Gegenpartei und Arbeitsplatz sind uneins, was gesendet wurde.</translation>
    </message>
    <message>
        <source>Agree on a reset with the counterparty before you go on.</source>
        <translation>Vereinbaren Sie mit der Gegenpartei ein Zurücksetzen, bevor Sie weitermachen.</translation>
    </message>
    <message>
        <source>Garbled data from the counterparty</source>
        <translation>Unlesbare Daten von der Gegenpartei</translation>
    </message>
    <message>
        <source>The connection was closed to be safe.</source>
        <translation>Die Verbindung wurde zur Sicherheit geschlossen.</translation>
    </message>
    <message>
        <source>Rejected by the counterparty</source>
        <translation>Von der Gegenpartei abgelehnt</translation>
    </message>
    <message>
        <source>It did not accept a message of this desk.</source>
        <translation>Sie hat eine Nachricht dieses Arbeitsplatzes nicht angenommen.</translation>
    </message>
    <message>
        <source>Read its reason below.</source>
        <translation>Lesen Sie ihren Grund darunter.</translation>
    </message>
    <message>
        <source>The disk failed</source>
        <translation>Der Datenträger versagt</translation>
    </message>
    <message>
        <source>A record could not be written, so dealing is off.</source>
        <translation>Ein Eintrag war nicht schreibbar, darum ist der Handel aus.</translation>
    </message>
    <message>
        <source>Check free space, then ask IT.</source>
        <translation>Prüfen Sie den freien Platz, dann fragen Sie die IT.</translation>
    </message>
    <message>
        <source>The configuration has an error</source>
        <translation>Die Konfiguration hat einen Fehler</translation>
    </message>
    <message>
        <source>The desk cannot use it as it is.</source>
        <translation>So kann der Arbeitsplatz sie nicht verwenden.</translation>
    </message>
    <message>
        <source>Correct the line named below.</source>
        <translation>Berichtigen Sie die unten genannte Zeile.</translation>
    </message>
    <message>
        <source>Not supported</source>
        <translation>Nicht unterstützt</translation>
    </message>
    <message>
        <source>This token or counterparty cannot do that.</source>
        <translation>Dieses Token oder diese Gegenpartei kann das nicht.</translation>
    </message>
    <message>
        <source>Ask IT for an alternative.</source>
        <translation>Fragen Sie die IT nach einer Alternative.</translation>
    </message>
    <message>
        <source>An internal error</source>
        <translation>Ein innerer Fehler</translation>
    </message>
    <message>
        <source>This is a defect of the desk. Nothing was sent.</source>
        <translation>Das ist ein Mangel des Programms. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Report it with the text below.</source>
        <translation>Melden Sie ihn mit dem Text darunter.</translation>
    </message>
    <message>
        <source>Nobody can say whether the certificate still holds</source>
        <translation>Niemand kann sagen, ob das Zertifikat noch gilt</translation>
    </message>
    <message>
        <source>Its issuer&apos;s list of revoked certificates, or the counterparty&apos;s proof, is missing or out of date. No connection was made.</source>
        <translation>Die Sperrliste des Ausstellers oder der Nachweis der Gegenpartei fehlt oder ist veraltet. Es wurde keine Verbindung hergestellt.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it stays, ask IT to renew the list.</source>
        <translation>Es wird von selbst erneut versucht. Wenn es so bleibt, bitten Sie die IT, die Liste zu erneuern.</translation>
    </message>
    <message>
        <source>Plug in the token that was issued to you. A new card gets its PIN and its certificate with &quot;New card, PIN or certificate…&quot;.</source>
        <translation>Stecken Sie das Token ein, das für Sie ausgegeben wurde. Eine neue Karte bekommt PIN und Zertifikat mit „Neue Karte, PIN oder Zertifikat…“.</translation>
    </message>
    <message>
        <source>Give IT what the counterparty said: its reference, or which name is wrong.</source>
        <translation>Geben Sie der IT weiter, was die Gegenpartei gesagt hat: ihre Referenz oder welcher Name falsch ist.</translation>
    </message>
</context>
<context>
    <name>ui::Events</name>
    <message>
        <source>Time UTC</source>
        <translation>Zeit UTC</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Betrifft</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Raw text</source>
        <translation>Rohtext</translation>
    </message>
    <message>
        <source>order %1</source>
        <translation>Auftrag %1</translation>
    </message>
</context>
<context>
    <name>ui::Format</name>
    <message>
        <source>Spot</source>
        <translation>Spot</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 Woche</translation>
    </message>
    <message>
        <source>2 weeks</source>
        <translation>2 Wochen</translation>
    </message>
    <message>
        <source>1 month</source>
        <translation>1 Monat</translation>
    </message>
    <message>
        <source>2 months</source>
        <translation>2 Monate</translation>
    </message>
    <message>
        <source>3 months</source>
        <translation>3 Monate</translation>
    </message>
    <message>
        <source>6 months</source>
        <translation>6 Monate</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>Broken date</source>
        <translation>Freies Datum</translation>
    </message>
    <message>
        <source>BUY</source>
        <translation>KAUF</translation>
    </message>
    <message>
        <source>SELL</source>
        <translation>VERKAUF</translation>
    </message>
    <message>
        <source>Two-way</source>
        <translation>Zweiseitig</translation>
    </message>
    <message>
        <source>You BUY %1 %2, sell %3, value %4</source>
        <translation>Sie KAUFEN %1 %2 gegen %3, Valuta %4</translation>
    </message>
    <message>
        <source>You SELL %1 %2, buy %3, value %4</source>
        <translation>Sie VERKAUFEN %1 %2 gegen %3, Valuta %4</translation>
    </message>
    <message>
        <source>Two-way price for %1 %2 against %3, value %4</source>
        <translation>Zweiseitiger Preis für %1 %2 gegen %3, Valuta %4</translation>
    </message>
</context>
<context>
    <name>ui::HeaderBar</name>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Hide prices and stop dealing (Ctrl+L)</source>
        <translation>Preise verbergen und Handel anhalten (Strg+L)</translation>
    </message>
    <message>
        <source>Lock the desk</source>
        <translation>Arbeitsplatz sperren</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>✕ Dealing is off</source>
        <translation>✕ Handel aus</translation>
    </message>
    <message>
        <source>✓ Dealing is on</source>
        <translation>✓ Handel ein</translation>
    </message>
    <message>
        <source>Certificate of %1
%2, valid until %3 UTC
Token %4, %5, serial %6</source>
        <translation>Zertifikat von %1
%2, gültig bis %3 UTC
Token %4, %5, Seriennummer %6</translation>
    </message>
    <message>
        <source>%1 · certificate %2</source>
        <translation>%1 · Zertifikat %2</translation>
    </message>
    <message>
        <source>Click for cards and security keys (Ctrl+Shift+K)</source>
        <translation>Klicken für Karten und Sicherheitsschlüssel (Strg+Umschalt+K)</translation>
    </message>
    <message>
        <source>%1 · touch the card</source>
        <translation>%1 · Karte berühren</translation>
    </message>
</context>
<context>
    <name>ui::IncidentBanner</name>
    <message>
        <source>Raw text</source>
        <translation>Rohtext</translation>
    </message>
    <message>
        <source>Dispute (DK)…</source>
        <translation>Bestreiten (DK)…</translation>
    </message>
    <message>
        <source>Acknowledge…</source>
        <translation>Quittieren…</translation>
    </message>
    <message>
        <source>Raw text of the incident</source>
        <translation>Rohtext des Vorfalls</translation>
    </message>
    <message>
        <source>Tells the counterparty that you do not recognise this execution: DontKnowTrade</source>
        <translation>Sagt der Gegenpartei, dass Sie diese Ausführung nicht anerkennen: DontKnowTrade</translation>
    </message>
    <message>
        <source>You have seen it and dealt with it; needs a note</source>
        <translation>Sie haben es gesehen und geklärt; verlangt eine Notiz</translation>
    </message>
    <message>
        <source>INCIDENT %1 UTC: %2. %3</source>
        <translation>VORFALL %1 UTC: %2. %3</translation>
    </message>
    <message>
        <source>You have disputed it.</source>
        <translation>Sie haben es bestritten.</translation>
    </message>
</context>
<context>
    <name>ui::IncidentDialog</name>
    <message>
        <source>Acknowledge an incident</source>
        <translation>Einen Vorfall quittieren</translation>
    </message>
    <message>
        <source>Dispute an execution</source>
        <translation>Eine Ausführung bestreiten</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Quittieren</translation>
    </message>
    <message>
        <source>Send DontKnowTrade</source>
        <translation>DontKnowTrade senden</translation>
    </message>
    <message>
        <source>This tells the counterparty with a DontKnowTrade message that you do not recognise the execution. It undoes nothing by itself: call them as well, and acknowledge the incident when it is settled.</source>
        <translation>Das sagt der Gegenpartei mit einer DontKnowTrade-Nachricht, dass Sie die Ausführung nicht anerkennen. Es macht von selbst nichts rückgängig: rufen Sie auch an, und quittieren Sie den Vorfall, wenn er geklärt ist.</translation>
    </message>
    <message>
        <source>Raw text</source>
        <translation>Rohtext</translation>
    </message>
    <message>
        <source>What was found out, and with whom</source>
        <translation>Was geklärt wurde, und mit wem</translation>
    </message>
    <message>
        <source>Note for the record</source>
        <translation>Notiz für die Akten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ui::Incidents</name>
    <message>
        <source>disputed</source>
        <translation>bestritten</translation>
    </message>
    <message>
        <source>OPEN</source>
        <translation>OFFEN</translation>
    </message>
    <message>
        <source>acknowledged by %1</source>
        <translation>quittiert von %1</translation>
    </message>
    <message>
        <source>Time UTC</source>
        <translation>Zeit UTC</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Dealer</source>
        <translation>Händler</translation>
    </message>
    <message>
        <source>Deal</source>
        <translation>Geschäft</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Raw text</source>
        <translation>Rohtext</translation>
    </message>
</context>
<context>
    <name>ui::KeyPicture</name>
    <message>
        <source>A security key</source>
        <translation>Ein Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>It waits for your touch</source>
        <translation>Er wartet auf Ihre Berührung</translation>
    </message>
</context>
<context>
    <name>ui::KeyProblem</name>
    <message>
        <source>No security key is there.</source>
        <translation>Es ist kein Sicherheitsschlüssel da.</translation>
    </message>
    <message>
        <source>Plug your security key in. If it is plugged in, this user may not open it: see docs/security-keys.md.</source>
        <translation>Stecken Sie Ihren Sicherheitsschlüssel ein. Steckt er schon, darf dieser Benutzer ihn nicht öffnen: siehe docs/security-keys.md.</translation>
    </message>
    <message>
        <source>The security key was removed.</source>
        <translation>Der Sicherheitsschlüssel wurde abgezogen.</translation>
    </message>
    <message>
        <source>Plug it in again and start over.</source>
        <translation>Stecken Sie ihn wieder ein und beginnen Sie von vorn.</translation>
    </message>
    <message>
        <source>This security key is not one of those enrolled for this.</source>
        <translation>Dieser Sicherheitsschlüssel gehört nicht zu den hierfür registrierten.</translation>
    </message>
    <message>
        <source>Use the key that you enrolled, or enrol this one first.</source>
        <translation>Nehmen Sie den, den Sie registriert haben, oder registrieren Sie zuerst diesen.</translation>
    </message>
    <message>
        <source>This security key is enrolled already.</source>
        <translation>Dieser Sicherheitsschlüssel ist schon registriert.</translation>
    </message>
    <message>
        <source>Use another key as your second one.</source>
        <translation>Nehmen Sie einen anderen als Ihren zweiten.</translation>
    </message>
    <message>
        <source>This security key has no PIN yet.</source>
        <translation>Dieser Sicherheitsschlüssel hat noch keine PIN.</translation>
    </message>
    <message>
        <source>Set a PIN on it, then try again.</source>
        <translation>Setzen Sie eine PIN und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The security key wants its PIN.</source>
        <translation>Der Sicherheitsschlüssel verlangt seine PIN.</translation>
    </message>
    <message>
        <source>Give the PIN of this key.</source>
        <translation>Geben Sie die PIN dieses Schlüssels ein.</translation>
    </message>
    <message>
        <source>That is not the PIN of this security key.</source>
        <translation>Das ist nicht die PIN dieses Sicherheitsschlüssels.</translation>
    </message>
    <message>
        <source>Try again with care: after eight wrong tries the key must be reset.</source>
        <translation>Versuchen Sie es mit Bedacht noch einmal: Nach acht falschen Versuchen muss der Schlüssel zurückgesetzt werden.</translation>
    </message>
    <message>
        <source>One PIN try is left on this security key. Nothing was tried.</source>
        <translation>An diesem Sicherheitsschlüssel bleibt noch ein PIN-Versuch. Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>If you are not certain of the PIN, stop and ask IT. A wrong one blocks the key for good.</source>
        <translation>Sind Sie sich der PIN nicht sicher, hören Sie auf und fragen Sie die IT. Eine falsche sperrt den Schlüssel endgültig.</translation>
    </message>
    <message>
        <source>Three wrong PINs in a row: the security key takes none until it is plugged in again.</source>
        <translation>Drei falsche PINs hintereinander: Der Sicherheitsschlüssel nimmt keine mehr, bis er neu eingesteckt wird.</translation>
    </message>
    <message>
        <source>Take the key out, plug it in again, and be certain of the PIN before you go on.</source>
        <translation>Ziehen Sie den Schlüssel ab, stecken Sie ihn wieder ein, und seien Sie sich der PIN sicher, bevor Sie weitermachen.</translation>
    </message>
    <message>
        <source>The security key&apos;s PIN is blocked: all tries are used up.</source>
        <translation>Die PIN des Sicherheitsschlüssels ist gesperrt: Alle Versuche sind verbraucht.</translation>
    </message>
    <message>
        <source>Use your second key and tell IT. This key must be reset, which erases it, and enrolled again.</source>
        <translation>Nehmen Sie Ihren zweiten Schlüssel und sagen Sie es der IT. Dieser muss zurückgesetzt werden, was ihn löscht, und neu registriert werden.</translation>
    </message>
    <message>
        <source>The security key does not take that as a PIN.</source>
        <translation>Das nimmt der Sicherheitsschlüssel nicht als PIN.</translation>
    </message>
    <message>
        <source>Choose 4 to 63 characters; the key may ask for more, and may refuse simple ones.</source>
        <translation>Wählen Sie 4 bis 63 Zeichen; der Schlüssel verlangt vielleicht mehr und lehnt einfache vielleicht ab.</translation>
    </message>
    <message>
        <source>This security key has a PIN already.</source>
        <translation>Dieser Sicherheitsschlüssel hat schon eine PIN.</translation>
    </message>
    <message>
        <source>Change it with the old PIN instead.</source>
        <translation>Ändern Sie sie stattdessen mit der alten PIN.</translation>
    </message>
    <message>
        <source>It was called off.</source>
        <translation>Es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Start again when you are ready.</source>
        <translation>Beginnen Sie wieder, wenn Sie bereit sind.</translation>
    </message>
    <message>
        <source>The security key was not touched in time.</source>
        <translation>Der Sicherheitsschlüssel wurde nicht rechtzeitig berührt.</translation>
    </message>
    <message>
        <source>Start again and touch the key when it blinks.</source>
        <translation>Beginnen Sie von vorn und berühren Sie den Schlüssel, wenn er blinkt.</translation>
    </message>
    <message>
        <source>It was refused at the security key.</source>
        <translation>Am Sicherheitsschlüssel wurde abgelehnt.</translation>
    </message>
    <message>
        <source>If that was not you, tell IT.</source>
        <translation>Waren das nicht Sie, sagen Sie es der IT.</translation>
    </message>
    <message>
        <source>Another program is using the security key.</source>
        <translation>Ein anderes Programm benutzt den Sicherheitsschlüssel.</translation>
    </message>
    <message>
        <source>Finish or close what asks for the key elsewhere (a browser, for instance), then try again.</source>
        <translation>Beenden oder schließen Sie, was den Schlüssel anderswo braucht (etwa einen Browser), und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>This user may not open the security key.</source>
        <translation>Dieser Benutzer darf den Sicherheitsschlüssel nicht öffnen.</translation>
    </message>
    <message>
        <source>Install the udev rules for security keys: see docs/security-keys.md.</source>
        <translation>Richten Sie die udev-Regeln für Sicherheitsschlüssel ein: siehe docs/security-keys.md.</translation>
    </message>
    <message>
        <source>This security key cannot do what is needed.</source>
        <translation>Dieser Sicherheitsschlüssel kann nicht, was gebraucht wird.</translation>
    </message>
    <message>
        <source>Use a FIDO2 key with PIN and credProtect; IT has the list of models.</source>
        <translation>Nehmen Sie einen FIDO2-Schlüssel mit PIN und credProtect; die IT hat die Liste der Modelle.</translation>
    </message>
    <message>
        <source>There is no room left on the security key.</source>
        <translation>Auf dem Sicherheitsschlüssel ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>Remove what is not needed, or use another key.</source>
        <translation>Entfernen Sie, was nicht gebraucht wird, oder nehmen Sie einen anderen Schlüssel.</translation>
    </message>
    <message>
        <source>The security key answered without having verified who you are.</source>
        <translation>Der Sicherheitsschlüssel hat geantwortet, ohne geprüft zu haben, wer Sie sind.</translation>
    </message>
    <message>
        <source>Do not use this key any more and give it to IT.</source>
        <translation>Benutzen Sie diesen Schlüssel nicht mehr und geben Sie ihn der IT.</translation>
    </message>
    <message>
        <source>The security key answered something that cannot be understood, or not at all.</source>
        <translation>Der Sicherheitsschlüssel hat etwas Unverständliches geantwortet oder gar nichts.</translation>
    </message>
    <message>
        <source>Take the key out, plug it in again and try once more; if it stays so, use your second key.</source>
        <translation>Ziehen Sie den Schlüssel ab, stecken Sie ihn wieder ein und versuchen Sie es noch einmal; bleibt es so, nehmen Sie Ihren zweiten.</translation>
    </message>
    <message>
        <source>What was asked of the security key makes no sense.</source>
        <translation>Was vom Sicherheitsschlüssel verlangt wurde, ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>Correct the request.</source>
        <translation>Berichtigen Sie die Anfrage.</translation>
    </message>
    <message>
        <source>Something went wrong in this program.</source>
        <translation>In diesem Programm ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Try again, and report it.</source>
        <translation>Versuchen Sie es noch einmal und melden Sie es.</translation>
    </message>
    <message>
        <source>The counterparty cannot be asked: the session is not open.</source>
        <translation>Die Gegenpartei kann nicht gefragt werden: Die Sitzung ist nicht offen.</translation>
    </message>
    <message>
        <source>Sign in, wait until the session is connected, then try again.</source>
        <translation>Melden Sie sich an, warten Sie, bis die Sitzung verbunden ist, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The counterparty does not enrol the security key.</source>
        <translation>Die Gegenpartei registriert den Sicherheitsschlüssel nicht.</translation>
    </message>
    <message>
        <source>Its own words are in the details: tell them to its IT.</source>
        <translation>Ihre eigenen Worte stehen in den Einzelheiten: Nennen Sie sie ihrer IT.</translation>
    </message>
    <message>
        <source>No key that is enrolled has approved the new one.</source>
        <translation>Kein registrierter Schlüssel hat den neuen genehmigt.</translation>
    </message>
    <message>
        <source>Have one of your enrolled keys at hand and start again.</source>
        <translation>Halten Sie einen Ihrer registrierten Schlüssel bereit und beginnen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Another security key is being enrolled at this moment.</source>
        <translation>In diesem Augenblick wird ein anderer Sicherheitsschlüssel registriert.</translation>
    </message>
    <message>
        <source>Finish or cancel that first.</source>
        <translation>Schließen Sie das zuerst ab oder brechen Sie es ab.</translation>
    </message>
    <message>
        <source>The counterparty does not say which security keys you have there.</source>
        <translation>Die Gegenpartei sagt nicht, welche Sicherheitsschlüssel Sie dort haben.</translation>
    </message>
    <message>
        <source>Its own words are in the details; its IT can tell you.</source>
        <translation>Ihre eigenen Worte stehen in den Einzelheiten; ihre IT kann es Ihnen sagen.</translation>
    </message>
    <message>
        <source>The counterparty does not change the security key.</source>
        <translation>Die Gegenpartei ändert den Sicherheitsschlüssel nicht.</translation>
    </message>
    <message>
        <source>No security key of yours has approved it: nothing was changed.</source>
        <translation>Keiner Ihrer Sicherheitsschlüssel hat es bestätigt: Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Have one of your other enrolled keys at hand and start again.</source>
        <translation>Halten Sie einen anderen Ihrer registrierten Schlüssel bereit und beginnen Sie noch einmal.</translation>
    </message>
    <message>
        <source>It is your only security key there that counts: it stays.</source>
        <translation>Er ist Ihr einziger gültiger Sicherheitsschlüssel dort: Er bleibt.</translation>
    </message>
    <message>
        <source>Enrol another one first. Where this one is lost, tell the counterparty&apos;s IT.</source>
        <translation>Registrieren Sie zuerst einen anderen. Ist dieser verloren, sagen Sie es der IT der Gegenpartei.</translation>
    </message>
    <message>
        <source>Another change of your security keys is under way.</source>
        <translation>Eine andere Änderung an Ihren Sicherheitsschlüsseln läuft noch.</translation>
    </message>
    <message>
        <source>The security key wants another PIN before it does anything.</source>
        <translation>Der Sicherheitsschlüssel will eine andere PIN, bevor er etwas tut.</translation>
    </message>
    <message>
        <source>Change its PIN (countersign-cli key change-pin, or the tool of the key&apos;s maker), then try again.</source>
        <translation>Ändern Sie seine PIN (countersign-cli key change-pin oder das Werkzeug des Herstellers) und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The security key has ended what was begun. Nothing was approved.</source>
        <translation>Der Sicherheitsschlüssel hat das Begonnene beendet. Es wurde nichts freigegeben.</translation>
    </message>
    <message>
        <source>Start over and give the PIN again.</source>
        <translation>Beginnen Sie von vorn, und geben Sie die PIN noch einmal ein.</translation>
    </message>
    <message>
        <source>The security key did not recognise the finger.</source>
        <translation>Der Sicherheitsschlüssel hat den Finger nicht erkannt.</translation>
    </message>
    <message>
        <source>Start over: use a finger that you have taught the key, or its PIN.</source>
        <translation>Beginnen Sie von vorn: mit einem Finger, den der Schlüssel kennt, oder mit seiner PIN.</translation>
    </message>
    <message>
        <source>The security key takes no fingerprint any more until its PIN was given.</source>
        <translation>Der Sicherheitsschlüssel nimmt keinen Fingerabdruck mehr an, bis seine PIN eingegeben wurde.</translation>
    </message>
    <message>
        <source>Start over and give the key&apos;s PIN; then it takes fingerprints again.</source>
        <translation>Beginnen Sie von vorn, und geben Sie die PIN des Schlüssels ein; dann nimmt er wieder Fingerabdrücke an.</translation>
    </message>
    <message>
        <source>What the security key keeps is damaged.</source>
        <translation>Was der Sicherheitsschlüssel aufbewahrt, ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>ui::KeyWizard</name>
    <message>
        <source>Enrol a security key</source>
        <translation>Sicherheitsschlüssel registrieren</translation>
    </message>
    <message>
        <source>Test a security key</source>
        <translation>Sicherheitsschlüssel prüfen</translation>
    </message>
    <message>
        <source>Use the last try. If it is wrong, the key blocks for good.</source>
        <translation>Den letzten Versuch nutzen. Ist er falsch, sperrt der Schlüssel endgültig.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save the file again…</source>
        <translation>Datei noch einmal speichern…</translation>
    </message>
    <message>
        <source>Test it now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>The enrolment that was just made</source>
        <translation>Die Registrierung von eben</translation>
    </message>
    <message>
        <source>Whose key it is, as IT knows the person</source>
        <translation>Wem der Schlüssel gehört, wie die IT die Person kennt</translation>
    </message>
    <message>
        <source>PIN of the key (not the card&apos;s)</source>
        <translation>PIN des Schlüssels (nicht die der Karte)</translation>
    </message>
    <message>
        <source>Enrolment file</source>
        <translation>Registrierungsdatei</translation>
    </message>
    <message>
        <source>Enrols this key for %1 at %2. It approves nothing else.</source>
        <translation>Registriert diesen Schlüssel für %1 bei %2. Sonst wird nichts genehmigt.</translation>
    </message>
    <message>
        <source>Tests whether the key answers. It approves nothing.</source>
        <translation>Prüft, ob der Schlüssel antwortet. Es wird nichts genehmigt.</translation>
    </message>
    <message numerus="yes">
        <source>%n tries left</source>
        <translation>
            <numerusform>noch %n Versuch</numerusform>
            <numerusform>noch %n Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>✓ The key works: it has verified you and signed as the one that was enrolled.</source>
        <translation>✓ Der Schlüssel funktioniert: Er hat Sie geprüft und als der registrierte unterschrieben.</translation>
    </message>
    <message>
        <source>Use it whenever the desk asks for a touch.</source>
        <translation>Benutzen Sie ihn, wenn der Arbeitsplatz um eine Berührung bittet.</translation>
    </message>
    <message>
        <source>✓ The key is enrolled in the file.</source>
        <translation>✓ Die Registrierung steht in der Datei.</translation>
    </message>
    <message>
        <source>Give the file to IT over a channel on which they know you, and compare this with them:
%1

Then enrol your second key, with this file as the one of your other key.</source>
        <translation>Geben Sie die Datei der IT auf einem Weg, auf dem man Sie kennt, und vergleichen Sie gemeinsam:
%1

Registrieren Sie dann Ihren zweiten Schlüssel, mit dieser Datei als der Ihres anderen.</translation>
    </message>
    <message>
        <source>The key makes a new credential for %1. It can be used with your PIN and your touch only.</source>
        <translation>Der Schlüssel erzeugt einen neuen Nachweis für %1. Er gilt nur mit Ihrer PIN und Ihrer Berührung.</translation>
    </message>
    <message>
        <source>The key signs something random; that is checked against the file of its enrolment.</source>
        <translation>Der Schlüssel unterschreibt etwas Zufälliges; das wird mit der Datei seiner Registrierung verglichen.</translation>
    </message>
    <message>
        <source>File of your other key…</source>
        <translation>Datei Ihres anderen Schlüssels…</translation>
    </message>
    <message>
        <source>Choose the enrolment file…</source>
        <translation>Registrierungsdatei wählen…</translation>
    </message>
    <message>
        <source>Waiting for the key…</source>
        <translation>Warten auf den Schlüssel…</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Where it is enrolled</source>
        <translation>Wo er registriert wird</translation>
    </message>
    <message>
        <source>At %1, now</source>
        <translation>Bei %1, jetzt</translation>
    </message>
    <message>
        <source>In a file, for IT</source>
        <translation>In einer Datei, für die IT</translation>
    </message>
    <message>
        <source>Enrols this key as &quot;%1&quot; at %2. It approves nothing else.</source>
        <translation>Registriert diesen Schlüssel als „%1“ bei %2. Sonst wird nichts genehmigt.</translation>
    </message>
    <message>
        <source>✓ The key is enrolled at %1 and can be used now.</source>
        <translation>✓ Der Schlüssel ist bei %1 registriert und kann ab jetzt verwendet werden.</translation>
    </message>
    <message>
        <source>Keep a second key in the safe: plug it in and enrol it too. This one will approve that by a touch.

The key&apos;s number there: %1</source>
        <translation>Halten Sie einen zweiten Schlüssel im Tresor bereit: Stecken Sie ihn ein und registrieren Sie ihn auch. Dieser hier genehmigt das dann mit einer Berührung.

Die Nummer des Schlüssels dort: %1</translation>
    </message>
    <message>
        <source>No key can be enrolled now: no session with an enforcement point is open, and IT has not set relying_party in the section [enrolment] of the configuration, for enrolment by file.</source>
        <translation>Jetzt kann kein Schlüssel registriert werden: Keine Sitzung mit Zugangsprüfung ist offen, und die IT hat relying_party im Abschnitt [enrolment] der Konfiguration nicht gesetzt, für die Registrierung per Datei.</translation>
    </message>
    <message>
        <source>The key makes a new credential for this counterparty. It can be used with your PIN and your touch only. If you have a key there already, that one is asked for a touch first.</source>
        <translation>Der Schlüssel macht einen neuen Berechtigungsnachweis für diese Gegenpartei. Er gilt nur mit Ihrer PIN und Ihrer Berührung. Haben Sie dort schon einen Schlüssel, wird zuerst dieser um eine Berührung gebeten.</translation>
    </message>
    <message>
        <source>Name of this key, to tell it from your others</source>
        <translation>Name dieses Schlüssels, um ihn von Ihren anderen zu unterscheiden</translation>
    </message>
    <message>
        <source>blue key</source>
        <translation>blauer Schlüssel</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Blotter</source>
        <translation>Handelsbuch</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message>
        <source>Keys  (?)</source>
        <translation>Tasten  (?)</translation>
    </message>
    <message>
        <source>Lock  (Ctrl+L)</source>
        <translation>Sperren  (Strg+L)</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Cards and security keys  (Ctrl+Shift+K)</source>
        <translation>Karten und Sicherheitsschlüssel  (Strg+Umschalt+K)</translation>
    </message>
</context>
<context>
    <name>ui::Outcome</name>
    <message>
        <source>You BOUGHT %1 %2 at %3 from %4, value %5</source>
        <translation>Sie haben %1 %2 zu %3 von %4 GEKAUFT, Valuta %5</translation>
    </message>
    <message>
        <source>You SOLD %1 %2 at %3 to %4, value %5</source>
        <translation>Sie haben %1 %2 zu %3 an %4 VERKAUFT, Valuta %5</translation>
    </message>
    <message>
        <source>You may have traded. Do not deal this again until you know.</source>
        <translation>Sie haben vielleicht gehandelt. Handeln Sie nicht erneut, bis Sie es wissen.</translation>
    </message>
    <message>
        <source>You did not trade: nothing left this desk.</source>
        <translation>Sie haben nicht gehandelt: nichts hat den Arbeitsplatz verlassen.</translation>
    </message>
    <message>
        <source>You did not trade.</source>
        <translation>Sie haben nicht gehandelt.</translation>
    </message>
    <message>
        <source>Trade %1 · order %2</source>
        <translation>Abschluss %1 · Auftrag %2</translation>
    </message>
    <message>
        <source>Call %1 on %2.</source>
        <translation>Rufen Sie %1 unter %2 an.</translation>
    </message>
    <message>
        <source>Call %1.</source>
        <translation>Rufen Sie %1 an.</translation>
    </message>
    <message>
        <source>%1 gave no reason</source>
        <translation>%1 nannte keinen Grund</translation>
    </message>
    <message>
        <source>Two persons decided: TRADED. %1</source>
        <translation>Zwei Personen entschieden: GEHANDELT. %1</translation>
    </message>
    <message>
        <source>Two persons decided: NOT traded. %1</source>
        <translation>Zwei Personen entschieden: NICHT gehandelt. %1</translation>
    </message>
    <message>
        <source>%1 and %2 at %3 UTC. Reference: %4. Reason: %5</source>
        <translation>%1 und %2 um %3 UTC. Referenz: %4. Grund: %5</translation>
    </message>
    <message>
        <source>It counts in your position until the dealer&apos;s own report is booked.</source>
        <translation>Es zählt in Ihrer Position, bis die Meldung des Händlers gebucht ist.</translation>
    </message>
    <message>
        <source>The dealer corrected this fill. These are the new values.</source>
        <translation>Der Händler hat diese Ausführung berichtigt. Dies sind die neuen Werte.</translation>
    </message>
    <message>
        <source>You did not trade, and that is proven: it never reached the dealer. %1</source>
        <translation>Sie haben nachweislich nicht gehandelt: es hat den Händler nie erreicht. %1</translation>
    </message>
    <message>
        <source>It is safe to deal again.</source>
        <translation>Sie können gefahrlos erneut handeln.</translation>
    </message>
    <message>
        <source>The dealer took the fill back: it counts for nothing. %1</source>
        <translation>Der Händler hat die Ausführung zurückgenommen: sie zählt nicht. %1</translation>
    </message>
    <message>
        <source>Check your hedge before you deal again.</source>
        <translation>Prüfen Sie Ihre Absicherung, bevor Sie erneut handeln.</translation>
    </message>
    <message>
        <source>Something is wrong with this fill: %1</source>
        <translation>Mit dieser Ausführung stimmt etwas nicht: %1</translation>
    </message>
    <message>
        <source>The dealer corrected this fill: %1</source>
        <translation>Der Händler hat diese Ausführung berichtigt: %1</translation>
    </message>
</context>
<context>
    <name>ui::OutcomeStrip</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Close with a second person…</source>
        <translation>Zu zweit schließen…</translation>
    </message>
    <message>
        <source>Allow with a second person…</source>
        <translation>Zu zweit erlauben…</translation>
    </message>
    <message>
        <source>Codes, ids, message and evidence of this deal</source>
        <translation>Codes, Nummern, Nachricht und Nachweise dieses Geschäfts</translation>
    </message>
    <message>
        <source>Codes, ids, the message as sent, and all evidence</source>
        <translation>Codes, Nummern, die Nachricht wie gesendet und alle Nachweise</translation>
    </message>
    <message>
        <source>Asks the counterparty now what became of the deal</source>
        <translation>Fragt die Gegenpartei jetzt, was aus dem Geschäft wurde</translation>
    </message>
    <message>
        <source>%1 without an answer. %2</source>
        <translation>%1 ohne Antwort. %2</translation>
    </message>
    <message>
        <source>%1, no last look disclosed</source>
        <translation>%1, kein Last Look offengelegt</translation>
    </message>
    <message>
        <source>%1, longer than the %2 disclosed</source>
        <translation>%1, länger als die offengelegten %2</translation>
    </message>
    <message>
        <source>%1 of at most %2 last look</source>
        <translation>%1 von höchstens %2 Last Look</translation>
    </message>
</context>
<context>
    <name>ui::PinDialog</name>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Present PIN</source>
        <translation>Bisherige PIN</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Neue PIN</translation>
    </message>
    <message>
        <source>New PIN, again</source>
        <translation>Neue PIN, noch einmal</translation>
    </message>
    <message>
        <source>Use the last try. If it is wrong, it blocks.</source>
        <translation>Den letzten Versuch nutzen. Ist er falsch, wird gesperrt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Set the PIN</source>
        <translation>PIN setzen</translation>
    </message>
    <message>
        <source>The two new PINs differ</source>
        <translation>Die beiden neuen PINs sind verschieden</translation>
    </message>
    <message>
        <source>Nothing was tried.</source>
        <translation>Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>Type the new PIN twice again.</source>
        <translation>Geben Sie die neue PIN noch einmal zweimal ein.</translation>
    </message>
    <message>
        <source>Setting the PIN…</source>
        <translation>PIN wird gesetzt…</translation>
    </message>
</context>
<context>
    <name>ui::PolicyWords</name>
    <message>
        <source>user</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>authentication</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>standard user</source>
        <translation>gewöhnliche Person</translation>
    </message>
    <message>
        <source>privileged user</source>
        <translation>privilegierte Person</translation>
    </message>
    <message>
        <source>password only</source>
        <translation>nur Passwort</translation>
    </message>
    <message>
        <source>MFA, software token</source>
        <translation>MFA, Software-Token</translation>
    </message>
    <message>
        <source>MFA, hardware token</source>
        <translation>MFA, Hardware-Token</translation>
    </message>
    <message>
        <source>managed, compliant</source>
        <translation>verwaltet, regelkonform</translation>
    </message>
    <message>
        <source>unmanaged</source>
        <translation>nicht verwaltet</translation>
    </message>
    <message>
        <source>known corporate network</source>
        <translation>bekanntes Firmennetz</translation>
    </message>
    <message>
        <source>unknown / dynamic IP</source>
        <translation>unbekannte oder dynamische IP</translation>
    </message>
    <message>
        <source>expected country</source>
        <translation>erwartetes Land</translation>
    </message>
    <message>
        <source>anomalous country</source>
        <translation>ungewöhnliches Land</translation>
    </message>
    <message>
        <source>Access is allowed.</source>
        <translation>Der Zugang ist gewährt.</translation>
    </message>
    <message>
        <source>Access is denied: the score is %1, denied from %2. Reference %3.</source>
        <translation>Der Zugang ist verweigert: %1 Punkte, verweigert ab %2. Referenz %3.</translation>
    </message>
    <message>
        <source>A touch on your security key is needed: %1.</source>
        <translation>Eine Berührung Ihres Sicherheitsschlüssels ist nötig: %1.</translation>
    </message>
    <message>
        <source>A touch on your security key is needed, and cannot be asked for: %1.</source>
        <translation>Eine Berührung Ihres Sicherheitsschlüssels ist nötig und kann nicht erbeten werden: %1.</translation>
    </message>
    <message>
        <source>The touch did not come in time: prices may be looked at, nothing can be dealt until it comes.</source>
        <translation>Die Berührung kam nicht rechtzeitig: Preise sind zu sehen, gehandelt werden kann erst, wenn sie kommt.</translation>
    </message>
    <message>
        <source>Your access is restricted for a while: nothing can be asked for or dealt, and no touch changes it. Reference %1.</source>
        <translation>Ihr Zugang ist eine Weile eingeschränkt: Nichts kann angefragt oder gehandelt werden, und keine Berührung ändert das. Referenz %1.</translation>
    </message>
    <message>
        <source>Access has ended. Reference %1.</source>
        <translation>Der Zugang ist beendet. Referenz %1.</translation>
    </message>
    <message>
        <source>The touch did not come in time.</source>
        <translation>Die Berührung kam nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The desk did not state its context in time.</source>
        <translation>Der Arbeitsplatz hat nicht rechtzeitig gesagt, wer fragt.</translation>
    </message>
    <message>
        <source>Too many answers were wrong. Reference %1.</source>
        <translation>Zu viele Antworten waren falsch. Referenz %1.</translation>
    </message>
    <message>
        <source>State your context first.</source>
        <translation>Der Arbeitsplatz hat noch nicht gesagt, wer fragt.</translation>
    </message>
    <message>
        <source>the access score is %1</source>
        <translation>die Zugangsregeln zählen %1 Punkte</translation>
    </message>
    <message>
        <source>you come from another address than the last time</source>
        <translation>Sie kommen von einer anderen Adresse als beim letzten Mal</translation>
    </message>
    <message>
        <source>you were last verified too long ago</source>
        <translation>die letzte Bestätigung ist zu lange her</translation>
    </message>
    <message>
        <source>the security key that you used was revoked</source>
        <translation>der Sicherheitsschlüssel, den Sie benutzt haben, gilt nicht mehr</translation>
    </message>
    <message>
        <source>you asked for it: session</source>
        <translation>Sie haben darum gebeten: Sitzung</translation>
    </message>
    <message>
        <source>you asked for it: ticket</source>
        <translation>Sie haben darum gebeten: scharfgeschaltetes Ticket</translation>
    </message>
    <message>
        <source>you asked for it: acceptance</source>
        <translation>Sie haben darum gebeten: Geschäft</translation>
    </message>
    <message>
        <source>you asked for it: settings</source>
        <translation>Sie haben darum gebeten: Änderung an Ihren Schlüsseln</translation>
    </message>
    <message>
        <source>you asked for it: enrolment</source>
        <translation>Sie haben darum gebeten: neuer Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>an enrolled key has approved it</source>
        <translation>ein registrierter Schlüssel hat zugestimmt</translation>
    </message>
    <message>
        <source>as registered</source>
        <translation>wie registriert</translation>
    </message>
    <message>
        <source>the address of the connection</source>
        <translation>die Adresse der Verbindung</translation>
    </message>
    <message>
        <source>certificate registered with its key in hardware</source>
        <translation>Zertifikat mit Schlüssel in Hardware registriert</translation>
    </message>
    <message>
        <source>certificate registered with its key in hardware, and nothing attests it</source>
        <translation>Zertifikat mit Schlüssel in Hardware registriert, aber nicht bezeugt</translation>
    </message>
    <message>
        <source>certificate with its key in software</source>
        <translation>Zertifikat mit Schlüssel in Software</translation>
    </message>
    <message>
        <source>certificate of a managed workstation</source>
        <translation>Zertifikat eines verwalteten Arbeitsplatzes</translation>
    </message>
    <message>
        <source>certificate of a workstation that is not managed</source>
        <translation>Zertifikat eines nicht verwalteten Arbeitsplatzes</translation>
    </message>
    <message>
        <source>its TPM proves that it is as registered</source>
        <translation>sein TPM beweist, dass er ist wie registriert</translation>
    </message>
    <message>
        <source>the desk says so about itself</source>
        <translation>so sagt es der Arbeitsplatz über sich selbst</translation>
    </message>
    <message>
        <source>reported only, not proven: %1</source>
        <translation>nur gemeldet, nicht bewiesen: %1</translation>
    </message>
    <message>
        <source>Sign in at %1</source>
        <translation>Anmelden bei %1</translation>
    </message>
    <message>
        <source>User: %1</source>
        <translation>Person: %1</translation>
    </message>
    <message>
        <source>Arm a ticket: %1, settlement %2</source>
        <translation>Ticket scharfschalten: %1, Valuta %2</translation>
    </message>
    <message>
        <source>Buy up to %1 at %2 or lower</source>
        <translation>Kaufen bis %1 zu %2 oder niedriger</translation>
    </message>
    <message>
        <source>Sell up to %1 at %2 or higher</source>
        <translation>Verkaufen bis %1 zu %2 oder höher</translation>
    </message>
    <message>
        <source>Buys and sells count together</source>
        <translation>Käufe und Verkäufe zählen zusammen</translation>
    </message>
    <message>
        <source>Dealers: %1</source>
        <translation>Händler: %1</translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation>Konto: %1</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Von %1</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>Bis %1</translation>
    </message>
    <message>
        <source>Acceptances: at most %1</source>
        <translation>Geschäfte: höchstens %1</translation>
    </message>
    <message>
        <source>Buy %1 at %2</source>
        <translation>Kaufen: %1 zu %2</translation>
    </message>
    <message>
        <source>Sell %1 at %2</source>
        <translation>Verkaufen: %1 zu %2</translation>
    </message>
    <message>
        <source>%1, settlement %2</source>
        <translation>%1, Valuta %2</translation>
    </message>
    <message>
        <source>Dealer: %1</source>
        <translation>Händler: %1</translation>
    </message>
    <message>
        <source>Quote: %1</source>
        <translation>Quote: %1</translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation>Gültig bis %1</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>Einstellungen ändern</translation>
    </message>
    <message>
        <source>Enrol the new security key: %1</source>
        <translation>Neuen Sicherheitsschlüssel registrieren: %1</translation>
    </message>
    <message>
        <source>Rename the security key: %1</source>
        <translation>Sicherheitsschlüssel umbenennen: %1</translation>
    </message>
    <message>
        <source>New name: %1</source>
        <translation>Neuer Name: %1</translation>
    </message>
    <message>
        <source>Remove the security key for good: %1</source>
        <translation>Sicherheitsschlüssel endgültig entfernen: %1</translation>
    </message>
    <message>
        <source>Key id: %1</source>
        <translation>Schlüsselnummer: %1</translation>
    </message>
</context>
<context>
    <name>ui::Position</name>
    <message numerus="yes">
        <source>%1 … %2 (%n unknown)</source>
        <translation>
            <numerusform>%1 … %2 (%n ungewiss)</numerusform>
            <numerusform>%1 … %2 (%n ungewiss)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::PositionLine</name>
    <message>
        <source>Flat today</source>
        <translation>Heute glatt</translation>
    </message>
    <message>
        <source>Today: %1</source>
        <translation>Heute: %1</translation>
    </message>
    <message>
        <source>Position of the trade date. %1</source>
        <translation>Position des Handelstags. %1</translation>
    </message>
    <message>
        <source>Position of the trade date in base currency:
%1</source>
        <translation>Position des Handelstags in Basiswährung:
%1</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>glatt</translation>
    </message>
    <message>
        <source>Position of the trade date, in base currency</source>
        <translation>Position des Handelstags in Basiswährung</translation>
    </message>
    <message>
        <source>%1, depending on %2</source>
        <translation>%1, je nach %2</translation>
    </message>
    <message>
        <source>All pairs</source>
        <translation>Alle Paare</translation>
    </message>
</context>
<context>
    <name>ui::ProblemView</name>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
</context>
<context>
    <name>ui::QuoteRow</name>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>best</source>
        <translation>bester</translation>
    </message>
    <message>
        <source>%1 pip</source>
        <translation>%1 Pip</translation>
    </message>
</context>
<context>
    <name>ui::Raw</name>
    <message>
        <source>not known to this desk</source>
        <translation>hier nicht bekannt</translation>
    </message>
    <message>
        <source>Decided as</source>
        <translation>Entschieden als</translation>
    </message>
    <message>
        <source>traded</source>
        <translation>gehandelt</translation>
    </message>
    <message>
        <source>not traded</source>
        <translation>nicht gehandelt</translation>
    </message>
    <message>
        <source>Decided at</source>
        <translation>Entschieden um</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
    <message>
        <source>Trader</source>
        <translation>Trader</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Zweite Person</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Their reference</source>
        <translation>Ihre Referenz</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Dealer</source>
        <translation>Händler</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Their code</source>
        <translation>Ihr Code</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Clicked</source>
        <translation>Geklickt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Bestritten</translation>
    </message>
    <message>
        <source>yes, DontKnowTrade(Q) was sent</source>
        <translation>ja, DontKnowTrade(Q) wurde gesendet</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Quittiert</translation>
    </message>
    <message>
        <source>by %1 at %2 UTC</source>
        <translation>von %1 um %2 UTC</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
</context>
<context>
    <name>ui::Recovery</name>
    <message>
        <source>price moved (last look)</source>
        <translation>Preis hat sich bewegt (Last Look)</translation>
    </message>
    <message>
        <source>too late (last look)</source>
        <translation>zu spät (Last Look)</translation>
    </message>
    <message>
        <source>price or amount no longer available</source>
        <translation>Preis oder Betrag nicht mehr verfügbar</translation>
    </message>
    <message>
        <source>credit</source>
        <translation>Kreditlinie</translation>
    </message>
    <message>
        <source>no prices at the moment</source>
        <translation>zurzeit keine Preise</translation>
    </message>
    <message>
        <source>regulatory</source>
        <translation>regulatorisch</translation>
    </message>
    <message>
        <source>the dealer&apos;s own risk limits</source>
        <translation>eigene Risikogrenzen des Händlers</translation>
    </message>
    <message>
        <source>set-up: account, instrument, date or amount</source>
        <translation>Einrichtung: Konto, Instrument, Datum oder Betrag</translation>
    </message>
    <message>
        <source>not entitled</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>product not supported</source>
        <translation>Produkt nicht unterstützt</translation>
    </message>
    <message>
        <source>seen before by the dealer</source>
        <translation>dem Händler schon bekannt</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>verzichtet</translation>
    </message>
    <message>
        <source>exceptional</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>Asking %1 for the order&apos;s status…</source>
        <translation>%1 wird nach dem Auftrag gefragt…</translation>
    </message>
    <message>
        <source>Asking %1 for the status of all orders…</source>
        <translation>%1 wird nach allen Aufträgen gefragt…</translation>
    </message>
    <message>
        <source>Asking %1 for today&apos;s trades…</source>
        <translation>%1 wird nach den heutigen Abschlüssen gefragt…</translation>
    </message>
    <message>
        <source>Asking %1 what became of the quote…</source>
        <translation>%1 wird gefragt, was aus dem Quote wurde…</translation>
    </message>
    <message>
        <source>Asking %1 to send its messages again…</source>
        <translation>%1 wird gebeten, ihre Nachrichten erneut zu senden…</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Their engine has the message</source>
        <translation>Ihr System hat die Nachricht</translation>
    </message>
    <message>
        <source>Their engine never had the message</source>
        <translation>Ihr System hatte die Nachricht nie</translation>
    </message>
    <message>
        <source>Message numbers began again and prove nothing</source>
        <translation>Die Nachrichtennummern begannen neu und beweisen nichts</translation>
    </message>
    <message>
        <source>They have it and have not decided</source>
        <translation>Sie haben es und haben nicht entschieden</translation>
    </message>
    <message>
        <source>They know no such order</source>
        <translation>Sie kennen keinen solchen Auftrag</translation>
    </message>
    <message>
        <source>It is not among what they list</source>
        <translation>Es ist nicht unter dem, was sie auflisten</translation>
    </message>
    <message>
        <source>A trade on the same terms that names no order: judge yourself</source>
        <translation>Ein Abschluss zu gleichen Bedingungen ohne Auftrag: urteilen Sie selbst</translation>
    </message>
    <message>
        <source>State of the quote</source>
        <translation>Stand des Quotes</translation>
    </message>
    <message>
        <source>They cannot answer this question</source>
        <translation>Sie können diese Frage nicht beantworten</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>A part was filled, the rest is open</source>
        <translation>Ein Teil ist ausgeführt, der Rest ist offen</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Decided by two persons</source>
        <translation>Von zwei Personen entschieden</translation>
    </message>
    <message>
        <source>A fill came although the deal was over</source>
        <translation>Eine Ausführung kam, obwohl das Geschäft beendet war</translation>
    </message>
    <message>
        <source>It is booked and counts in your position. Call the dealer, then accept or dispute it.</source>
        <translation>Sie ist gebucht und zählt in Ihrer Position. Rufen Sie den Händler an, dann erkennen Sie sie an oder bestreiten sie.</translation>
    </message>
    <message>
        <source>The fill is not what you accepted</source>
        <translation>Die Ausführung ist nicht, was Sie angenommen haben</translation>
    </message>
    <message>
        <source>It is booked as the dealer reported it. Call the dealer, then accept or dispute it.</source>
        <translation>Sie ist gebucht, wie der Händler sie meldete. Rufen Sie ihn an, dann erkennen Sie sie an oder bestreiten sie.</translation>
    </message>
    <message>
        <source>A fill came for an order this desk does not know</source>
        <translation>Eine Ausführung kam zu einem hier unbekannten Auftrag</translation>
    </message>
    <message>
        <source>It is not booked. Call the counterparty and find out whose deal it is.</source>
        <translation>Sie ist nicht gebucht. Rufen Sie die Gegenpartei an und klären Sie, wessen Geschäft es ist.</translation>
    </message>
    <message>
        <source>The dealer changed a fill</source>
        <translation>Der Händler hat eine Ausführung geändert</translation>
    </message>
    <message>
        <source>The trade shows the new values. Call the dealer and check your hedge.</source>
        <translation>Der Abschluss zeigt die neuen Werte. Rufen Sie den Händler an und prüfen Sie Ihre Absicherung.</translation>
    </message>
    <message>
        <source>The dealer took a fill back</source>
        <translation>Der Händler hat eine Ausführung zurückgenommen</translation>
    </message>
    <message>
        <source>The trade no longer counts in your position. Call the dealer and check your hedge.</source>
        <translation>Der Abschluss zählt nicht mehr in Ihrer Position. Rufen Sie den Händler an und prüfen Sie Ihre Absicherung.</translation>
    </message>
    <message>
        <source>The counterparty contradicts itself</source>
        <translation>Die Gegenpartei widerspricht sich</translation>
    </message>
    <message>
        <source>What was booked stays booked. Call the dealer and agree on what happened.</source>
        <translation>Gebuchtes bleibt gebucht. Rufen Sie den Händler an und klären Sie, was geschah.</translation>
    </message>
</context>
<context>
    <name>ui::RfqCard</name>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>Quotes</translation>
    </message>
    <message>
        <source>You want no more prices on this request</source>
        <translation>Sie wünschen keine Preise mehr auf diese Anfrage</translation>
    </message>
    <message>
        <source>End this request</source>
        <translation>Diese Anfrage beenden</translation>
    </message>
    <message>
        <source>Show or hide the quotes</source>
        <translation>Quotes zeigen oder verbergen</translation>
    </message>
    <message>
        <source>NOT SENT</source>
        <translation>NICHT GESENDET</translation>
    </message>
    <message>
        <source>Not now: order %1 (%2) is UNKNOWN. Another deal in this direction could be the same one twice.</source>
        <translation>Jetzt nicht: Auftrag %1 (%2) ist UNGEWISS. Ein weiteres Geschäft in dieser Richtung könnte dasselbe ein zweites Mal sein.</translation>
    </message>
    <message>
        <source>%1. Ask again from the ticket.</source>
        <translation>%1. Fragen Sie über das Ticket erneut an.</translation>
    </message>
    <message>
        <source>Two persons allowed one more deal while an outcome is unknown. The next one in this direction uses it up.</source>
        <translation>Zwei Personen haben ein weiteres Geschäft erlaubt, obwohl ein Ausgang ungewiss ist. Das nächste in dieser Richtung verbraucht es.</translation>
    </message>
    <message>
        <source>Select this card to deal from the keyboard</source>
        <translation>Wählen Sie diese Karte, um mit der Tastatur zu handeln</translation>
    </message>
    <message>
        <source>Click a price, or Ctrl+Shift+B to BUY at the best</source>
        <translation>Preis anklicken, oder Strg+Umschalt+B: KAUF zum besten</translation>
    </message>
    <message>
        <source>Click a price, or Ctrl+Shift+S to SELL at the best</source>
        <translation>Preis anklicken, oder Strg+Umschalt+S: VERKAUF zum besten</translation>
    </message>
    <message>
        <source>Click a price, or Ctrl+Shift+B to BUY and Ctrl+Shift+S to SELL at the best</source>
        <translation>Preis anklicken, oder Strg+Umschalt+B: KAUF, Strg+Umschalt+S: VERKAUF zum besten</translation>
    </message>
    <message>
        <source>Not now: %1 (%2)</source>
        <translation>Jetzt nicht: %1 (%2)</translation>
    </message>
    <message>
        <source>Not now: %1</source>
        <translation>Jetzt nicht: %1</translation>
    </message>
</context>
<context>
    <name>ui::RfqView</name>
    <message>
        <source>waiting for a price</source>
        <translation>Preis steht aus</translation>
    </message>
    <message>
        <source>its session was not logged on</source>
        <translation>seine Sitzung war nicht angemeldet</translation>
    </message>
    <message>
        <source>not a price to deal on</source>
        <translation>kein handelbarer Preis</translation>
    </message>
    <message>
        <source>does not fit the request</source>
        <translation>passt nicht zur Anfrage</translation>
    </message>
    <message>
        <source>taken back by the dealer</source>
        <translation>vom Händler zurückgezogen</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>seine Zeit ist um</translation>
    </message>
    <message>
        <source>too old to be trusted</source>
        <translation>zu alt, um zu gelten</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>kein Grund genannt</translation>
    </message>
    <message>
        <source>did not answer in time</source>
        <translation>hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>its session went down</source>
        <translation>seine Sitzung ging verloren</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%1 von %2 haben geantwortet</translation>
    </message>
    <message>
        <source>dealt</source>
        <translation>gehandelt</translation>
    </message>
    <message>
        <source>you dealt on this price</source>
        <translation>zu diesem Preis haben Sie gehandelt</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>nicht genommen</translation>
    </message>
    <message>
        <source>you dealt elsewhere</source>
        <translation>Sie haben anderswo gehandelt</translation>
    </message>
    <message>
        <source>%1 %2 %3 at %4</source>
        <translation>%1 %2 %3 zu %4</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1 mit %2</translation>
    </message>
</context>
<context>
    <name>ui::Rfqs</name>
    <message>
        <source>Time UTC</source>
        <translation>Zeit UTC</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Value date</source>
        <translation>Valuta</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Dealer</source>
        <translation>Händler</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
</context>
<context>
    <name>ui::SecondPersonForm</name>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Zweite Person</translation>
    </message>
    <message>
        <source>PIN of the second person&apos;s token</source>
        <translation>PIN des Tokens der zweiten Person</translation>
    </message>
    <message>
        <source>Use the last try. If it is wrong, the token blocks.</source>
        <translation>Letzten Versuch nutzen. Ist er falsch, sperrt das Token.</translation>
    </message>
    <message>
        <source>Second person, with their own token</source>
        <translation>Zweite Person, mit eigenem Token</translation>
    </message>
    <message>
        <source>Looking for the second person&apos;s token…</source>
        <translation>Das Token der zweiten Person wird gesucht…</translation>
    </message>
    <message>
        <source>Waiting for the token of %1…</source>
        <translation>Warten auf das Token von %1…</translation>
    </message>
    <message>
        <source>A second person&apos;s token is needed.</source>
        <translation>Das Token einer zweiten Person wird gebraucht.</translation>
    </message>
    <message>
        <source>Choose the second person.</source>
        <translation>Wählen Sie die zweite Person.</translation>
    </message>
    <message>
        <source>This token is blocked.</source>
        <translation>Dieses Token ist gesperrt.</translation>
    </message>
    <message>
        <source>%1 enters the PIN of their token.</source>
        <translation>%1 gibt die PIN des eigenen Tokens ein.</translation>
    </message>
    <message>
        <source>Confirm the last try.</source>
        <translation>Bestätigen Sie den letzten Versuch.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>%1, token %2</source>
        <translation>%1, Token %2</translation>
    </message>
    <message>
        <source>This is the last try. A wrong PIN blocks the token; only IT can unblock it.</source>
        <translation>Dies ist der letzte Versuch. Eine falsche PIN sperrt das Token; nur die IT kann es entsperren.</translation>
    </message>
    <message>
        <source>%1 tries left</source>
        <translation>Noch %1 Versuche</translation>
    </message>
    <message>
        <source>%1 (%2, serial %3), certificate valid until %4 UTC</source>
        <translation>%1 (%2, Seriennummer %3), Zertifikat gültig bis %4 UTC</translation>
    </message>
</context>
<context>
    <name>ui::SessionChip</name>
    <message>
        <source>clock %1</source>
        <translation>Uhr %1</translation>
    </message>
    <message>
        <source>Click to try again now.</source>
        <translation>Klicken, um es jetzt erneut zu versuchen.</translation>
    </message>
    <message>
        <source>Session %1: %2</source>
        <translation>Sitzung %1: %2</translation>
    </message>
    <message>
        <source>Click to see what can be done.</source>
        <translation>Klicken zeigt, was zu tun ist.</translation>
    </message>
    <message>
        <source>Click for what was refused and the reference.</source>
        <translation>Klicken zeigt, was abgelehnt wurde, und die Referenz.</translation>
    </message>
</context>
<context>
    <name>ui::SessionDialog</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>The counterparty has agreed to start again at 1</source>
        <translation>Die Gegenpartei hat zugestimmt, wieder bei 1 zu beginnen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Reset sequence numbers</source>
        <translation>Nachrichtennummern zurücksetzen</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>When the sequence numbers of both sides no longer match</source>
        <translation>Wenn die Nachrichtennummern beider Seiten nicht mehr zusammenpassen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The next logon says that both sides start again at 1. Whatever the counterparty has sent and this desk has not received will then not be sent again. Agree it with them first: it is the remedy when one side has lost its numbers, and nothing else.</source>
        <translation>Die nächste Anmeldung sagt, dass beide Seiten wieder bei 1 beginnen. Was die Gegenpartei gesendet hat und hier nicht angekommen ist, wird dann nicht noch einmal gesendet. Vorher mit ihr vereinbaren: Das hilft, wenn eine Seite ihre Nummern verloren hat, und nur dann.</translation>
    </message>
    <message numerus="yes">
        <source>%n outcome(s) on this session are unknown: the counterparty is asked about them once the session is up, and sequence numbers no longer prove anything about them.</source>
        <translation>
            <numerusform>%n Ausgang auf dieser Sitzung ist unbekannt: Die Gegenpartei wird danach gefragt, sobald die Sitzung steht, und Nachrichtennummern beweisen darüber nichts mehr.</numerusform>
            <numerusform>%n Ausgänge auf dieser Sitzung sind unbekannt: Die Gegenpartei wird danach gefragt, sobald die Sitzung steht, und Nachrichtennummern beweisen darüber nichts mehr.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Sessions</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Counterparty</source>
        <translation>Gegenpartei</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Counterparty %1 at %2</source>
        <translation>Gegenpartei %1 unter %2</translation>
    </message>
    <message>
        <source>Certificate %1, valid until %2 UTC%3</source>
        <translation>Zertifikat %1, gültig bis %2 UTC%3</translation>
    </message>
    <message>
        <source>, pinned</source>
        <translation>, festgelegt</translation>
    </message>
    <message>
        <source>Their clock</source>
        <translation>Ihre Uhr</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>%1, too far off</source>
        <translation>%1, zu weit ab</translation>
    </message>
    <message>
        <source>Their clock against this workstation&apos;s: %1</source>
        <translation>Ihre Uhr gegen die dieses Rechners: %1</translation>
    </message>
    <message>
        <source>The clocks are too far apart: times of quotes and deals prove nothing. Ask IT to set this workstation&apos;s clock; where it is right, tell the counterparty.</source>
        <translation>Die Uhren gehen zu weit auseinander: Zeiten von Quotes und Geschäften beweisen nichts. Bitten Sie die IT, die Uhr dieses Rechners zu stellen; geht sie richtig, sagen Sie es der Gegenpartei.</translation>
    </message>
    <message>
        <source>The counterparty has changed to its next certificate, as was announced. Ask IT to move the pins of this session on.</source>
        <translation>Die Gegenpartei ist wie angekündigt auf ihr nächstes Zertifikat gewechselt. Bitten Sie die IT, die Pins dieser Sitzung nachzuziehen.</translation>
    </message>
    <message>
        <source>Asked to wait</source>
        <translation>Gebeten zu warten</translation>
    </message>
    <message>
        <source>The counterparty lets this session in later.</source>
        <translation>Die Gegenpartei lässt diese Sitzung später ein.</translation>
    </message>
    <message>
        <source>It is tried again by itself at the time that was told.</source>
        <translation>Zur genannten Zeit wird es von selbst noch einmal versucht.</translation>
    </message>
</context>
<context>
    <name>ui::ShortcutMap</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Go to the ticket: instrument</source>
        <translation>Zum Ticket: Instrument</translation>
    </message>
    <message>
        <source>Go to the ticket: amount</source>
        <translation>Zum Ticket: Betrag</translation>
    </message>
    <message>
        <source>Change the dealt currency</source>
        <translation>Gehandelte Währung wechseln</translation>
    </message>
    <message>
        <source>In the ticket: request prices (deals nothing)</source>
        <translation>Im Ticket: Preise anfragen (handelt nichts)</translation>
    </message>
    <message>
        <source>Select the card above or below</source>
        <translation>Karte darüber oder darunter wählen</translation>
    </message>
    <message>
        <source>BUY at the best price of the selected card</source>
        <translation>KAUF zum besten Preis der gewählten Karte</translation>
    </message>
    <message>
        <source>SELL at the best price of the selected card</source>
        <translation>VERKAUF zum besten Preis der gewählten Karte</translation>
    </message>
    <message>
        <source>Deal the price that has the focus</source>
        <translation>Auf den Preis mit dem Fokus handeln</translation>
    </message>
    <message>
        <source>Filter the blotter</source>
        <translation>Handelsbuch filtern</translation>
    </message>
    <message>
        <source>Lock: hide prices, stop dealing</source>
        <translation>Sperren: Preise verbergen, Handel anhalten</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>Diese Seite</translation>
    </message>
    <message>
        <source>Return and Space never deal. Holding a key down never deals twice.</source>
        <translation>Eingabe und Leertaste handeln nie. Eine gehaltene Taste handelt nie zweimal.</translation>
    </message>
    <message>
        <source>Cards and security keys</source>
        <translation>Karten und Sicherheitsschlüssel</translation>
    </message>
</context>
<context>
    <name>ui::SideSwitch</name>
    <message>
        <source>You buy the amount</source>
        <translation>Sie kaufen den Betrag</translation>
    </message>
    <message>
        <source>You sell the amount</source>
        <translation>Sie verkaufen den Betrag</translation>
    </message>
    <message>
        <source>Dealers do not see your side</source>
        <translation>Händler sehen Ihre Seite nicht</translation>
    </message>
</context>
<context>
    <name>ui::SignInPage</name>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>PIN of your token</source>
        <translation>PIN Ihres Tokens</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Use the last try. If it is wrong, the token blocks.</source>
        <translation>Letzten Versuch nutzen. Ist er falsch, sperrt das Token.</translation>
    </message>
    <message>
        <source>Sign in to Countersign</source>
        <translation>Anmelden bei Countersign</translation>
    </message>
    <message>
        <source>Your token and its PIN tell dealers who you are. The key never leaves the token.</source>
        <translation>Token und PIN sagen den Händlern, wer Sie sind. Der Schlüssel verlässt das Token nie.</translation>
    </message>
    <message>
        <source>Checking the PIN…</source>
        <translation>PIN wird geprüft…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>The desk is locked</source>
        <translation>Der Arbeitsplatz ist gesperrt</translation>
    </message>
    <message>
        <source>Prices are hidden and dealing is off. Sessions stay up. Enter the PIN to go on.</source>
        <translation>Preise sind verborgen, der Handel ist aus. Die Sitzungen bleiben bestehen. Weiter mit der PIN.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Looking for your token…</source>
        <translation>Ihr Token wird gesucht…</translation>
    </message>
    <message>
        <source>%1 on token %2 (%3, serial %4)
Certificate valid until %5 UTC</source>
        <translation>%1 auf Token %2 (%3, Seriennummer %4)
Zertifikat gültig bis %5 UTC</translation>
    </message>
    <message>
        <source>This is the last try. A wrong PIN blocks the token; only IT can unblock it.</source>
        <translation>Dies ist der letzte Versuch. Eine falsche PIN sperrt das Token; nur die IT kann es entsperren.</translation>
    </message>
    <message>
        <source>%1 tries left</source>
        <translation>Noch %1 Versuche</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>Sign out and begin anew</source>
        <translation>Abmelden und neu beginnen</translation>
    </message>
    <message>
        <source>New card, PIN or certificate…</source>
        <translation>Neue Karte, PIN oder Zertifikat…</translation>
    </message>
    <message>
        <source>Make its key and certificate…</source>
        <translation>Schlüssel und Zertifikat erstellen…</translation>
    </message>
</context>
<context>
    <name>ui::StepUpDialog</name>
    <message>
        <source>Approve with your security key</source>
        <translation>Mit dem Sicherheitsschlüssel bestätigen</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
    <message>
        <source>Use the last try. If it is wrong, the key blocks for good.</source>
        <translation>Den letzten Versuch nutzen. Ist er falsch, sperrt der Schlüssel endgültig.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Confirm PIN, then touch</source>
        <translation>PIN bestätigen, dann berühren</translation>
    </message>
    <message>
        <source>PIN of the security key</source>
        <translation>PIN des Sicherheitsschlüssels</translation>
    </message>
    <message>
        <source>%1 asks you to approve:</source>
        <translation>%1 bittet um Ihre Bestätigung:</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>Warum: %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>This is the last try. A wrong PIN blocks the key for good.</source>
        <translation>Das ist der letzte Versuch. Eine falsche PIN sperrt den Schlüssel endgültig.</translation>
    </message>
    <message numerus="yes">
        <source>%n tries left</source>
        <translation>
            <numerusform>noch %n Versuch</numerusform>
            <numerusform>noch %n Versuche</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TicketPanel</name>
    <message>
        <source>Request prices · Ctrl+Return</source>
        <translation>Preise anfragen · Strg+Eingabe</translation>
    </message>
    <message>
        <source>EUR/USD</source>
        <translation>EUR/USD</translation>
    </message>
    <message>
        <source>25m, 1.5b, 500k</source>
        <translation>25m, 1.5b, 500k</translation>
    </message>
    <message>
        <source>The amount is in this currency. Press to change (Alt+C)</source>
        <translation>Der Betrag lautet auf diese Währung. Drücken zum Wechseln (Alt+C)</translation>
    </message>
    <message>
        <source>Value date of your own</source>
        <translation>Eigenes Valutadatum</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Asks the dealers for prices. It deals nothing</source>
        <translation>Fragt die Händler nach Preisen. Es wird nichts gehandelt</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>Your side</source>
        <translation>Ihre Seite</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Settlement</source>
        <translation>Valuta</translation>
    </message>
    <message>
        <source>Limit: the worst price you would take</source>
        <translation>Limit: der schlechteste Preis, den Sie nähmen</translation>
    </message>
    <message>
        <source>Dealers to ask</source>
        <translation>Anzufragende Händler</translation>
    </message>
    <message>
        <source>Not an instrument of this desk</source>
        <translation>Kein Instrument dieses Arbeitsplatzes</translation>
    </message>
    <message>
        <source>Dealt currency %1, press to change</source>
        <translation>Gehandelte Währung %1, drücken zum Wechseln</translation>
    </message>
    <message>
        <source>Type an amount such as 25m, 1.5b, 500k or 25,000,000</source>
        <translation>Geben Sie einen Betrag ein, etwa 25m, 1.5b, 500k oder 25,000,000</translation>
    </message>
    <message>
        <source>Type a price such as 1.1537</source>
        <translation>Geben Sie einen Preis ein, etwa 1.1537</translation>
    </message>
    <message>
        <source>Value date %1</source>
        <translation>Valuta %1</translation>
    </message>
    <message>
        <source>Not a business day on or after spot</source>
        <translation>Kein Geschäftstag ab Spot</translation>
    </message>
    <message>
        <source>Request prices</source>
        <translation>Preise anfragen</translation>
    </message>
    <message>
        <source>Dealing is off.</source>
        <translation>Der Handel ist aus.</translation>
    </message>
    <message>
        <source>No session is logged on. Requests are possible once one is.</source>
        <translation>Keine Sitzung ist angemeldet. Sobald eine steht, sind Anfragen möglich.</translation>
    </message>
    <message>
        <source>How much? Type an amount such as 25m</source>
        <translation>Wie viel? Geben Sie einen Betrag ein, etwa 25m</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ui::TokenDesk</name>
    <message>
        <source>▲ One try is left: a wrong PUK ends this card</source>
        <translation>▲ Noch ein Versuch: Eine falsche PUK macht diese Karte unbrauchbar</translation>
    </message>
    <message numerus="yes">
        <source>%n tries left</source>
        <translation>
            <numerusform>noch %n Versuch</numerusform>
            <numerusform>noch %n Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>Change the PIN of %1</source>
        <translation>PIN von %1 ändern</translation>
    </message>
    <message>
        <source>You are signed in with this card. Changing its PIN ends the sign-in; afterwards you sign in with the new one.</source>
        <translation>Sie sind mit dieser Karte angemeldet. Die PIN zu ändern beendet die Anmeldung; danach melden Sie sich mit der neuen an.</translation>
    </message>
    <message>
        <source>The factory&apos;s PIN of a PIV card is 123456 and known to everybody. Three wrong PINs block it.</source>
        <translation>Die PIN des Herstellers ist bei PIV-Karten 123456 und allgemein bekannt. Drei falsche PINs sperren sie.</translation>
    </message>
    <message>
        <source>Present PIN</source>
        <translation>Bisherige PIN</translation>
    </message>
    <message>
        <source>6 to 8 digits or ASCII characters, without blanks. Known to you alone.</source>
        <translation>6 bis 8 Ziffern oder ASCII-Zeichen ohne Leerzeichen. Nur Ihnen bekannt.</translation>
    </message>
    <message>
        <source>The PIN is changed.</source>
        <translation>Die PIN ist geändert.</translation>
    </message>
    <message>
        <source>Unblock the PIN of %1</source>
        <translation>PIN von %1 entsperren</translation>
    </message>
    <message>
        <source>The PUK belongs to this card; IT keeps it. Three wrong PUKs, and nothing unblocks the card any more.</source>
        <translation>Die PUK gehört zu dieser Karte; die IT verwahrt sie. Nach drei falschen PUKs entsperrt nichts mehr die Karte.</translation>
    </message>
    <message>
        <source>PUK</source>
        <translation>PUK</translation>
    </message>
    <message>
        <source>The PIN is set anew, and may be tried again.</source>
        <translation>Die PIN ist neu gesetzt und darf wieder versucht werden.</translation>
    </message>
    <message>
        <source>Set the PIN of %1</source>
        <translation>PIN von %1 setzen</translation>
    </message>
    <message>
        <source>The PIN belongs to this key and is not the PIN of your card. Eight wrong PINs block the key.</source>
        <translation>Die PIN gehört zu diesem Schlüssel und ist nicht die Ihrer Karte. Acht falsche PINs sperren den Schlüssel.</translation>
    </message>
    <message>
        <source>4 to 63 characters. Known to you alone.</source>
        <translation>4 bis 63 Zeichen. Nur Ihnen bekannt.</translation>
    </message>
    <message>
        <source>The PIN is set.</source>
        <translation>Die PIN ist gesetzt.</translation>
    </message>
    <message>
        <source>One try is left</source>
        <translation>Ein Versuch bleibt</translation>
    </message>
    <message>
        <source>A wrong PUK now ends this card. Nothing was tried.</source>
        <translation>Eine falsche PUK beendet diese Karte jetzt. Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>Compare the PUK with what IT keeps, then confirm the last try.</source>
        <translation>Vergleichen Sie die PUK mit der, die die IT verwahrt, und bestätigen Sie dann den letzten Versuch.</translation>
    </message>
</context>
<context>
    <name>ui::TokenManager</name>
    <message>
        <source>Cards and security keys</source>
        <translation>Karten und Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>Cards, which sign you in</source>
        <translation>Karten, mit denen Sie sich anmelden</translation>
    </message>
    <message>
        <source>Security keys, which approve by a touch</source>
        <translation>Sicherheitsschlüssel, die durch Berühren genehmigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Looking at the readers…</source>
        <translation>Die Leser werden durchgesehen…</translation>
    </message>
    <message>
        <source>No card is plugged in. Put your card into the reader, or plug in your YubiKey: it appears here by itself. A new one gets its own PIN first, then a certificate.</source>
        <translation>Es steckt keine Karte. Stecken Sie Ihre Karte in den Leser oder den YubiKey ein: Sie erscheint hier von selbst. Eine neue bekommt zuerst eine eigene PIN, dann ein Zertifikat.</translation>
    </message>
    <message>
        <source>Looking for security keys…</source>
        <translation>Sicherheitsschlüssel werden gesucht…</translation>
    </message>
    <message>
        <source>No security key is plugged in. Plug one in: it appears here by itself. A new one gets a PIN first, then it is enrolled. Have two: one in use, one in the safe.</source>
        <translation>Es steckt kein Sicherheitsschlüssel. Stecken Sie einen ein: Er erscheint hier von selbst. Ein neuer bekommt zuerst eine PIN und wird dann registriert. Haben Sie zwei: einen in Gebrauch, einen im Tresor.</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Change the PIN…</source>
        <translation>PIN ändern…</translation>
    </message>
    <message>
        <source>Unblock with the PUK…</source>
        <translation>Mit der PUK entsperren…</translation>
    </message>
    <message>
        <source>Make a certificate…</source>
        <translation>Zertifikat erstellen…</translation>
    </message>
    <message>
        <source>Certificate…</source>
        <translation>Zertifikat…</translation>
    </message>
    <message>
        <source>It cannot protect credentials by PIN (credProtect), so it cannot be enrolled.</source>
        <translation>Er kann Nachweise nicht durch die PIN schützen (credProtect) und lässt sich daher nicht registrieren.</translation>
    </message>
    <message>
        <source>Set its PIN…</source>
        <translation>PIN setzen…</translation>
    </message>
    <message>
        <source>Enrol…</source>
        <translation>Registrieren…</translation>
    </message>
    <message>
        <source>Test…</source>
        <translation>Prüfen…</translation>
    </message>
</context>
<context>
    <name>ui::TokenText</name>
    <message>
        <source>%1, %2, serial %3</source>
        <translation>%1, %2, Seriennummer %3</translation>
    </message>
    <message>
        <source>Your card was taken out or reset</source>
        <translation>Ihre Karte wurde entfernt oder zurückgesetzt</translation>
    </message>
    <message>
        <source>The card was exchanged</source>
        <translation>Die Karte wurde vertauscht</translation>
    </message>
    <message>
        <source>Your card no longer answers</source>
        <translation>Ihre Karte antwortet nicht mehr</translation>
    </message>
    <message>
        <source>Prices are hidden, dealing is off and the sessions are closed.</source>
        <translation>Preise sind verborgen, der Handel ist aus, die Sitzungen sind geschlossen.</translation>
    </message>
    <message>
        <source>This is another card: %1.</source>
        <translation>Das ist eine andere Karte: %1.</translation>
    </message>
    <message>
        <source>This is another card: it does not hold the certificate that opened the desk.</source>
        <translation>Das ist eine andere Karte: Sie trägt das Zertifikat nicht, das den Handelsplatz geöffnet hat.</translation>
    </message>
    <message>
        <source>This is another card</source>
        <translation>Das ist eine andere Karte</translation>
    </message>
    <message>
        <source>The desk was opened with the card of %1.</source>
        <translation>Geöffnet wurde der Handelsplatz mit der Karte von %1.</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Melden Sie sich wieder an</translation>
    </message>
    <message>
        <source>Prices are hidden and dealing is off. The sessions stay up for %1.</source>
        <translation>Preise sind verborgen, und es wird nicht gehandelt. Die Sitzungen bleiben noch %1 bestehen.</translation>
    </message>
    <message>
        <source>To go on, insert the same card (%1) and enter its PIN.</source>
        <translation>Um fortzufahren, stecken Sie dieselbe Karte ein (%1) und geben Sie ihre PIN ein.</translation>
    </message>
    <message>
        <source>To go on, insert the same card and enter its PIN.</source>
        <translation>Um fortzufahren, stecken Sie dieselbe Karte ein und geben Sie ihre PIN ein.</translation>
    </message>
    <message>
        <source>Insert that one, or sign out and begin anew.</source>
        <translation>Stecken Sie jene ein, oder melden Sie sich ab und beginnen Sie neu.</translation>
    </message>
    <message>
        <source>Several fit. Which one is yours?</source>
        <translation>Mehrere passen. Welche ist Ihre?</translation>
    </message>
    <message>
        <source>This one fits. Is it yours?</source>
        <translation>Diese passt. Ist es Ihre?</translation>
    </message>
    <message>
        <source>%1, serial %2</source>
        <translation>%1, Seriennummer %2</translation>
    </message>
    <message>
        <source>in reader %1</source>
        <translation>im Leser %1</translation>
    </message>
    <message>
        <source>issued by %1</source>
        <translation>ausgestellt von %1</translation>
    </message>
    <message>
        <source>valid until %1 UTC</source>
        <translation>gültig bis %1 UTC</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>The card that you chose is not plugged in</source>
        <translation>Die Karte, die Sie gewählt haben, steckt nicht</translation>
    </message>
    <message>
        <source>It was that of %1, serial %2.</source>
        <translation>Es war die von %1, Seriennummer %2.</translation>
    </message>
    <message>
        <source>Plug it in, or choose another one. Nothing was tried.</source>
        <translation>Stecken Sie sie ein, oder wählen Sie eine andere. Es wurde nichts versucht.</translation>
    </message>
    <message>
        <source>The card is working. Touch it if it blinks.</source>
        <translation>Die Karte arbeitet. Berühren Sie sie, wenn sie blinkt.</translation>
    </message>
    <message>
        <source>The smartcard service does not answer</source>
        <translation>Der Smartcard-Dienst antwortet nicht</translation>
    </message>
    <message>
        <source>Without it no card can be seen, whatever is plugged in.</source>
        <translation>Ohne ihn ist keine Karte zu sehen, was auch immer eingesteckt ist.</translation>
    </message>
    <message>
        <source>Ask IT to start it (pcscd) and to let you use it, then look again.</source>
        <translation>Bitten Sie die IT, ihn (pcscd) zu starten und für Sie freizugeben, und suchen Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>This card is empty</source>
        <translation>Diese Karte ist leer</translation>
    </message>
    <message>
        <source>It holds no certificate yet, so nobody can sign in with it.</source>
        <translation>Auf ihr ist noch kein Zertifikat, darum kann sich niemand mit ihr anmelden.</translation>
    </message>
    <message>
        <source>A new card gets a PIN of its own first, then its key and certificate: both here. Where IT has issued a card to you already, plug in that one.</source>
        <translation>Eine neue Karte bekommt erst eine eigene PIN, dann Schlüssel und Zertifikat: beides hier. Hat die IT Ihnen schon eine Karte ausgestellt, stecken Sie diese ein.</translation>
    </message>
</context>
<context>
    <name>ui::TouchView</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Touch your security key</source>
        <translation>Berühren Sie Ihren Sicherheitsschlüssel</translation>
    </message>
    <message>
        <source>Asking the key…</source>
        <translation>Der Schlüssel wird gefragt…</translation>
    </message>
    <message>
        <source>Touch the key that you mean</source>
        <translation>Berühren Sie den Schlüssel, den Sie meinen</translation>
    </message>
    <message>
        <source>Touch your key now</source>
        <translation>Berühren Sie jetzt Ihren Schlüssel</translation>
    </message>
    <message numerus="yes">
        <source>It blinks. %n seconds left.</source>
        <translation>
            <numerusform>Er blinkt. Noch %n Sekunde.</numerusform>
            <numerusform>Er blinkt. Noch %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave it plugged in.</source>
        <translation>Lassen Sie ihn stecken.</translation>
    </message>
</context>
<context>
    <name>ui::Trades</name>
    <message>
        <source>Time UTC</source>
        <translation>Zeit UTC</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Counter amount</source>
        <translation>Gegenwert</translation>
    </message>
    <message>
        <source>Value date</source>
        <translation>Valuta</translation>
    </message>
    <message>
        <source>Dealer</source>
        <translation>Händler</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>as accepted</source>
        <translation>wie angenommen</translation>
    </message>
    <message>
        <source>DIFFERS: %1</source>
        <translation>WEICHT AB: %1</translation>
    </message>
    <message>
        <source>Trade</source>
        <translation>Abschluss</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>CORRECTED by the dealer</source>
        <translation>BERICHTIGT vom Händler</translation>
    </message>
    <message>
        <source>CORRECTED by the dealer: %1</source>
        <translation>BERICHTIGT vom Händler: %1</translation>
    </message>
    <message>
        <source>BUSTED: the dealer took it back, it counts for nothing</source>
        <translation>STORNIERT: der Händler nahm es zurück, es zählt nicht</translation>
    </message>
</context>
<context>
    <name>ui::Unknown</name>
    <message>
        <source>Time UTC</source>
        <translation>Zeit UTC</translation>
    </message>
    <message>
        <source>Dealer</source>
        <translation>Händler</translation>
    </message>
    <message>
        <source>Deal</source>
        <translation>Geschäft</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>What happens now</source>
        <translation>Was jetzt geschieht</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Last evidence</source>
        <translation>Letzter Nachweis</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>%1 is not logged on. It is asked as soon as it is back.</source>
        <translation>%1 ist nicht angemeldet. Gefragt wird, sobald sie zurück ist.</translation>
    </message>
    <message>
        <source>Nobody could tell. It is asked again by itself.</source>
        <translation>Niemand wusste es. Es wird von selbst erneut gefragt.</translation>
    </message>
    <message>
        <source>It is asked again by itself.</source>
        <translation>Es wird von selbst erneut gefragt.</translation>
    </message>
    <message>
        <source>Call, compare the trade they list, then close</source>
        <translation>Anrufen, den gelisteten Abschluss vergleichen, dann schließen</translation>
    </message>
    <message>
        <source>Call, then close with a second person</source>
        <translation>Anrufen, dann zu zweit schließen</translation>
    </message>
    <message>
        <source>Wait for the answer, or call</source>
        <translation>Antwort abwarten oder anrufen</translation>
    </message>
    <message>
        <source>Call %1 and ask for order %2.</source>
        <translation>Rufen Sie %1 an und fragen Sie nach Auftrag %2.</translation>
    </message>
    <message>
        <source>Call %1 on %2 and ask for order %3.</source>
        <translation>Rufen Sie %1 unter %2 an und fragen Sie nach Auftrag %3.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ui::UnknownBanner</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Close with a second person…</source>
        <translation>Zu zweit schließen…</translation>
    </message>
    <message>
        <source>Show the request whose outcome is unknown</source>
        <translation>Die Anfrage mit ungewissem Ausgang zeigen</translation>
    </message>
    <message>
        <source>Asks the counterparty now what became of the deal</source>
        <translation>Fragt die Gegenpartei jetzt, was aus dem Geschäft wurde</translation>
    </message>
    <message>
        <source>When the dealer told you on the phone: two persons decide, and both are on record</source>
        <translation>Wenn der Händler es Ihnen am Telefon sagte: zwei Personen entscheiden, und beide sind festgehalten</translation>
    </message>
    <message>
        <source>UNKNOWN since %1 UTC: %2. You may have traded.</source>
        <translation>UNGEWISS seit %1 UTC: %2. Sie haben vielleicht gehandelt.</translation>
    </message>
    <message>
        <source>UNKNOWN: %1. You may have traded.</source>
        <translation>UNGEWISS: %1. Sie haben vielleicht gehandelt.</translation>
    </message>
</context>
<context>
    <name>ui::VenueKeysView</name>
    <message>
        <source>Your security keys at counterparties</source>
        <translation>Ihre Sicherheitsschlüssel bei Gegenparteien</translation>
    </message>
    <message>
        <source>No session is open. Sign in and connect: then the keys that you have enrolled at your counterparties stand here.</source>
        <translation>Keine Sitzung steht. Melden Sie sich an und verbinden Sie: Dann stehen hier die Schlüssel, die Sie bei Ihren Gegenparteien registriert haben.</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1 wird gefragt…</translation>
    </message>
    <message>
        <source>You have no security key at %1. Enrol one of those above: two are better, one in use and one in the safe.</source>
        <translation>Bei %1 haben Sie keinen Sicherheitsschlüssel. Registrieren Sie einen von oben: besser zwei, einen im Gebrauch und einen im Tresor.</translation>
    </message>
    <message>
        <source>At %1 since %2, last used %3</source>
        <translation>Bei %1 seit %2, zuletzt benutzt %3</translation>
    </message>
    <message>
        <source>At %1 since %2, not used yet</source>
        <translation>Bei %1 seit %2, noch nicht benutzt</translation>
    </message>
    <message>
        <source>▲ It belongs to another certificate of yours and does not count with this card. After a renewal IT takes it over; otherwise remove it.</source>
        <translation>▲ Er gehört zu einem anderen Ihrer Zertifikate und gilt nicht mit dieser Karte. Nach einer Erneuerung übernimmt ihn die IT; sonst entfernen Sie ihn.</translation>
    </message>
    <message>
        <source>Model (AAGUID) %1</source>
        <translation>Modell (AAGUID) %1</translation>
    </message>
    <message>
        <source>What this key is called from now on</source>
        <translation>Wie dieser Schlüssel künftig heißt</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Waiting for your approval: touch another one of your keys, as the window that asks for it says.</source>
        <translation>Es fehlt Ihre Bestätigung: Berühren Sie einen anderen Ihrer Schlüssel, wie das Fenster sagt, das darum bittet.</translation>
    </message>
    <message>
        <source>Waiting for your approval: touch one of your keys, as the window that asks for it says.</source>
        <translation>Es fehlt Ihre Bestätigung: Berühren Sie einen Ihrer Schlüssel, wie das Fenster sagt, das darum bittet.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Remove for good…</source>
        <translation>Endgültig entfernen…</translation>
    </message>
    <message>
        <source>Your last key there cannot be removed: another one has to approve that. Enrol a second one first.</source>
        <translation>Ihr letzter Schlüssel dort lässt sich nicht entfernen: Ein anderer muss das bestätigen. Registrieren Sie zuerst einen zweiten.</translation>
    </message>
</context>
<context>
    <name>ui::Words</name>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Quoted</source>
        <translation>Quotiert</translation>
    </message>
    <message>
        <source>Dealing</source>
        <translation>Im Handel</translation>
    </message>
    <message>
        <source>Traded</source>
        <translation>Gehandelt</translation>
    </message>
    <message>
        <source>Partly traded</source>
        <translation>Teils gehandelt</translation>
    </message>
    <message>
        <source>UNKNOWN</source>
        <translation>UNGEWISS</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>Ausgesetzt</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>angefragt</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>indicative</source>
        <translation>indikativ</translation>
    </message>
    <message>
        <source>firm</source>
        <translation>fest</translation>
    </message>
    <message>
        <source>invalid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>verzichtet</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>session lost</source>
        <translation>Sitzung fort</translation>
    </message>
    <message>
        <source>SENDING</source>
        <translation>SENDET</translation>
    </message>
    <message>
        <source>HELD</source>
        <translation>GEHALTEN</translation>
    </message>
    <message>
        <source>TRADED</source>
        <translation>GEHANDELT</translation>
    </message>
    <message>
        <source>PARTLY TRADED</source>
        <translation>TEILS GEHANDELT</translation>
    </message>
    <message>
        <source>REJECTED</source>
        <translation>ABGELEHNT</translation>
    </message>
    <message>
        <source>NOT DONE</source>
        <translation>NICHT AUSGEFÜHRT</translation>
    </message>
    <message>
        <source>NOT SENT</source>
        <translation>NICHT GESENDET</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>securing</source>
        <translation>sichert</translation>
    </message>
    <message>
        <source>logging on</source>
        <translation>meldet an</translation>
    </message>
    <message>
        <source>on</source>
        <translation>steht</translation>
    </message>
    <message>
        <source>retry</source>
        <translation>Versuch in</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>ALARM</source>
        <translation>ALARM</translation>
    </message>
    <message>
        <source>The session is logged on.</source>
        <translation>Die Sitzung ist angemeldet.</translation>
    </message>
    <message>
        <source>The session is down. Its quotes are stale.</source>
        <translation>Die Sitzung steht nicht mehr. Ihre Quotes sind veraltet.</translation>
    </message>
    <message>
        <source>The session was refused and is not tried again by itself.</source>
        <translation>Die Sitzung wurde abgelehnt und wird nicht von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>The request was not sent.</source>
        <translation>Die Anfrage wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>A quote came for a request this desk does not know. It was ignored.</source>
        <translation>Ein Quote kam zu einer hier unbekannten Anfrage. Er wurde nicht beachtet.</translation>
    </message>
    <message>
        <source>A quote does not fit the request and cannot be dealt on.</source>
        <translation>Ein Quote passt nicht zur Anfrage und ist nicht handelbar.</translation>
    </message>
    <message>
        <source>Traded.</source>
        <translation>Gehandelt.</translation>
    </message>
    <message>
        <source>Traded for less than the full amount.</source>
        <translation>Für weniger als den vollen Betrag gehandelt.</translation>
    </message>
    <message>
        <source>The dealer rejected the deal. You did not trade.</source>
        <translation>Der Händler hat abgelehnt. Sie haben nicht gehandelt.</translation>
    </message>
    <message>
        <source>The dealer closed the order without a fill. You did not trade.</source>
        <translation>Der Händler hat den Auftrag ohne Ausführung geschlossen. Sie haben nicht gehandelt.</translation>
    </message>
    <message>
        <source>The acceptance did not leave this desk. You did not trade.</source>
        <translation>Die Annahme hat diesen Arbeitsplatz nicht verlassen. Sie haben nicht gehandelt.</translation>
    </message>
    <message>
        <source>The outcome is UNKNOWN: you may have traded. Call the dealer.</source>
        <translation>Der Ausgang ist UNGEWISS: Sie haben vielleicht gehandelt. Rufen Sie den Händler an.</translation>
    </message>
    <message>
        <source>An unknown outcome is resolved by the dealer&apos;s evidence.</source>
        <translation>Ein ungewisser Ausgang ist durch den Nachweis des Händlers geklärt.</translation>
    </message>
    <message>
        <source>The fill differs from what you accepted. Call the dealer.</source>
        <translation>Die Ausführung weicht von Ihrer Annahme ab. Rufen Sie den Händler an.</translation>
    </message>
    <message>
        <source>A fill came for an order this desk does not know. Call the dealer.</source>
        <translation>Eine Ausführung kam zu einem hier unbekannten Auftrag. Rufen Sie den Händler an.</translation>
    </message>
    <message>
        <source>The dealer corrected or cancelled a fill. Call the dealer.</source>
        <translation>Der Händler hat eine Ausführung berichtigt oder gestrichen. Rufen Sie den Händler an.</translation>
    </message>
    <message>
        <source>The counterparty refused a message of this desk.</source>
        <translation>Die Gegenpartei hat eine Nachricht dieses Arbeitsplatzes abgelehnt.</translation>
    </message>
    <message>
        <source>A message of the counterparty could not be read. A fill may be lost: check with the dealer.</source>
        <translation>Eine Nachricht der Gegenpartei war nicht lesbar. Eine Ausführung fehlt vielleicht: klären Sie es mit dem Händler.</translation>
    </message>
    <message>
        <source>The journal cannot be written. Dealing is off.</source>
        <translation>Das Journal ist nicht beschreibbar. Der Handel ist aus.</translation>
    </message>
    <message>
        <source>Dealing is off.</source>
        <translation>Der Handel ist aus.</translation>
    </message>
    <message>
        <source>Dealing is on.</source>
        <translation>Der Handel ist ein.</translation>
    </message>
    <message>
        <source>NOT RECEIVED</source>
        <translation>NICHT EMPFANGEN</translation>
    </message>
    <message>
        <source>CLOSED</source>
        <translation>GESCHLOSSEN</translation>
    </message>
    <message>
        <source>BUSTED</source>
        <translation>STORNIERT</translation>
    </message>
    <message>
        <source>The counterparty is asked about an unknown outcome.</source>
        <translation>Die Gegenpartei wird zu einem ungewissen Ausgang gefragt.</translation>
    </message>
    <message>
        <source>Two persons decided an unknown outcome.</source>
        <translation>Zwei Personen haben einen ungewissen Ausgang entschieden.</translation>
    </message>
    <message>
        <source>Two persons allowed one more deal while an outcome is unknown.</source>
        <translation>Zwei Personen haben ein weiteres Geschäft erlaubt, obwohl ein Ausgang ungewiss ist.</translation>
    </message>
    <message>
        <source>An incident needs your acknowledgement.</source>
        <translation>Ein Vorfall verlangt Ihre Quittung.</translation>
    </message>
    <message>
        <source>An incident was acknowledged.</source>
        <translation>Ein Vorfall wurde quittiert.</translation>
    </message>
    <message>
        <source>The dealer was told that this desk does not recognise the fill.</source>
        <translation>Dem Händler wurde gesagt, dass dieser Arbeitsplatz die Ausführung nicht anerkennt.</translation>
    </message>
    <message>
        <source>This workstation&apos;s clock and the counterparty&apos;s differ.</source>
        <translation>Die Uhren dieses Rechners und der Gegenpartei weichen ab.</translation>
    </message>
    <message>
        <source>This desk cannot see whether the workstation is locked or goes to sleep. Lock the desk yourself before you leave (Ctrl+L), and tell IT.</source>
        <translation>Dieser Handelsplatz kann nicht sehen, ob der Arbeitsplatz gesperrt wird oder in den Ruhezustand geht. Sperren Sie ihn selbst, bevor Sie gehen (Ctrl+L), und sagen Sie es der IT.</translation>
    </message>
    <message>
        <source>Your certificate ends within 30 days. Ask IT to renew it.</source>
        <translation>Ihr Zertifikat endet innerhalb von 30 Tagen. Bitten Sie die IT, es zu erneuern.</translation>
    </message>
    <message>
        <source>Your certificate ends within 7 days; then you cannot sign in. Ask IT to renew it now.</source>
        <translation>Ihr Zertifikat endet innerhalb von 7 Tagen; danach können Sie sich nicht anmelden. Bitten Sie die IT, es jetzt zu erneuern.</translation>
    </message>
    <message>
        <source>Your certificate ends within a day; then you cannot sign in. Call IT now.</source>
        <translation>Ihr Zertifikat endet innerhalb eines Tages; danach können Sie sich nicht anmelden. Rufen Sie jetzt die IT an.</translation>
    </message>
    <message>
        <source>Your certificate has ended. A session that breaks off does not come back. Call IT now.</source>
        <translation>Ihr Zertifikat ist abgelaufen. Eine Sitzung, die abbricht, kommt nicht wieder. Rufen Sie jetzt die IT an.</translation>
    </message>
    <message>
        <source>asking for access</source>
        <translation>fragt um Zugang</translation>
    </message>
</context>
</TS>
