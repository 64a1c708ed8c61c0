# Withdrawing a report

withdraw-reason = Withdraw { $title }
    Please type a short reason.
withdraw-sure = { $title }
    Sent result: { $result }
    Reason: { $reason }
    It will count as not reported. Earlier versions are kept.
withdraw-button-yes = withdraw it
    .names = { -confirms }|yes|withdraw|ใช่
withdraw-button-no = keep it
    .names = no|cancel|ไม่
withdraw-done = Withdrawn · { $title }
    Type “report” to send it again under the same number.
withdraw-cancel = Leave the report as it is?
withdraw-left = Nothing was withdrawn. The report stands.
